package dev.assay.bench.lines;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/**
 * The ceiling: open addressing in a mapped file that is made for all lines at once. No checksums,
 * no growth, no lock, no second edit of a line.
 */
final class PlainTable implements Lines {
  private static final int PLACE_BYTES = 24;
  private static final double LOAD = 0.6;
  private static final int CHUNK_PLACES = 1 << 25;

  private final MappedByteBuffer[] chunks;
  private final long places;

  PlainTable(Path folder, long lines) throws IOException {
    places = (long) (lines / LOAD);
    chunks = new MappedByteBuffer[(int) ((places + CHUNK_PLACES - 1) / CHUNK_PLACES)];
    try (RandomAccessFile file = new RandomAccessFile(folder.resolve("table").toFile(), "rw")) {
      file.setLength(places * PLACE_BYTES);
      for (int i = 0; i < chunks.length; i++) {
        long first = (long) i * CHUNK_PLACES;
        long here = Math.min(CHUNK_PLACES, places - first);
        chunks[i] =
            file.getChannel()
                .map(FileChannel.MapMode.READ_WRITE, first * PLACE_BYTES, here * PLACE_BYTES);
        chunks[i].order(ByteOrder.LITTLE_ENDIAN);
      }
    }
  }

  @Override
  public String name() {
    return "plain mapped table";
  }

  @Override
  public void put(long from, long to) {
    for (long line = from; line < to; line++) {
      long high = Numbers.keyHigh(line);
      long place = place(high, Numbers.keyLow(line));
      MappedByteBuffer chunk = chunks[(int) (place / CHUNK_PLACES)];
      int at = (int) (place % CHUNK_PLACES) * PLACE_BYTES;
      chunk.putLong(at, high).putInt(at + 8, Numbers.keyLow(line));
      chunk.putInt(at + 12, Numbers.second(line / EDIT));
      chunk.putLong(at + 16, Numbers.edit(line / EDIT));
    }
  }

  /** Where the line stands, or would. */
  private long place(long high, int low) {
    long place = Math.multiplyHigh(high >>> 1, places << 1);
    while (true) {
      MappedByteBuffer chunk = chunks[(int) (place / CHUNK_PLACES)];
      int at = (int) (place % CHUNK_PLACES) * PLACE_BYTES;
      long there = chunk.getLong(at);
      if (there == 0 || (there == high && chunk.getInt(at + 8) == low)) {
        return place;
      }
      place = place + 1 == places ? 0 : place + 1;
    }
  }

  @Override
  public Callable<Integer> question(long[] lines) {
    return () -> find(lines);
  }

  private int find(long[] lines) {
    int found = 0;
    for (long line : lines) {
      long place = place(Numbers.keyHigh(line), Numbers.keyLow(line));
      MappedByteBuffer chunk = chunks[(int) (place / CHUNK_PLACES)];
      int at = (int) (place % CHUNK_PLACES) * PLACE_BYTES;
      if (chunk.getLong(at) != 0 && chunk.getLong(at + 16) == Numbers.edit(line / EDIT)) {
        found++;
      }
    }
    return found;
  }

  @Override
  public void force() {
    try {
      for (MappedByteBuffer chunk : chunks) {
        chunk.force();
      }
    } catch (UncheckedIOException e) {
      throw new IllegalStateException("the table cannot be brought to disk", e);
    }
  }

  @Override
  public void close() {}
}
