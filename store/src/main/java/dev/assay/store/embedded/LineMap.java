package dev.assay.store.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import net.openhft.chronicle.hash.ChronicleHashCorruption;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.ChronicleMapBuilder;
import org.jspecify.annotations.Nullable;

/**
 * One file of the line index: an off-heap map from line keys to postings, of a size that is fixed
 * when it is made. One thread writes, any reads.
 */
final class LineMap implements AutoCloseable {
  /** How far a map may grow beyond its planned size before it fails; it is replaced long before. */
  private static final double BLOAT = 2;

  private final Path file;
  private final long entries;
  private final ChronicleMap<byte[], byte[]> map;

  /** Kept beside the map, which would add up its segments for each answer. */
  private volatile long size;

  private LineMap(Path file, long entries, ChronicleMap<byte[], byte[]> map) {
    this.file = file;
    this.entries = entries;
    this.map = map;
    this.size = map.longSize();
  }

  /** Makes the file, or opens it after a clean stop. */
  static LineMap open(Path file, long entries) throws IOException {
    return new LineMap(file, entries, builder(entries).createPersistedTo(file.toFile()));
  }

  /**
   * Opens the file after a stop that was not clean: drops locks that the dead process held, and
   * entries whose checksum fails.
   *
   * @throws IOException where it is damaged
   */
  static LineMap recover(Path file, long entries) throws IOException {
    int[] damaged = new int[1];
    ChronicleHashCorruption.Listener count = corruption -> damaged[0]++;
    LineMap recovered =
        new LineMap(file, entries, builder(entries).recoverPersistedTo(file.toFile(), true, count));
    if (damaged[0] > 0) {
      recovered.close();
      throw new IOException(file + " is damaged in " + damaged[0] + " places");
    }
    return recovered;
  }

  private static ChronicleMapBuilder<byte[], byte[]> builder(long entries) {
    return ChronicleMapBuilder.of(byte[].class, byte[].class)
        .name("assay-lines")
        .constantKeySizeBySample(new byte[LineKey.SIZE])
        .constantValueSizeBySample(new byte[Postings.SIZE])
        .checksumEntries(true)
        .entries(entries)
        .maxBloatFactor(BLOAT);
  }

  /** The value of a line, in the given array; null where there is none. */
  byte @Nullable [] get(byte[] key, byte[] using) {
    return map.getUsing(key, using);
  }

  /** Replaces the value of a line that is here. */
  void put(byte[] key, byte[] value) {
    map.put(key, value);
  }

  /** Enters a line that is not here; one thread writes. */
  @SuppressWarnings("NonAtomicVolatileUpdate")
  void add(byte[] key, byte[] value) {
    map.put(key, value);
    size++;
  }

  long size() {
    return size;
  }

  /** How many it was made for. */
  long entries() {
    return entries;
  }

  boolean full() {
    return size() >= entries;
  }

  /** Makes the disk have what was put; the map itself never does. */
  void force() throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  @Override
  public void close() {
    map.close();
  }
}
