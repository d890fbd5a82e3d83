package dev.assay.store.embedded;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.BitSet;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A file of pages that are mapped into memory. It grows by chunks that are written before they are
 * mapped, so that a full disk is an error and not the end of the process. Each page has a checksum
 * in its first four bytes, which is right after {@link #force} and checked by {@link #open}. One
 * thread writes; who reads meanwhile sees pages come, never go.
 */
final class PageFile implements AutoCloseable {
  static final int PAGE_BYTES = 1 << 12;

  private static final int CHUNK_PAGES = 1 << 10;
  private static final int CHUNK_BYTES = CHUNK_PAGES * PAGE_BYTES;

  private final Path path;

  /** Not a channel: that would be closed where a thread is interrupted. */
  private final RandomAccessFile disk;

  /** Pages whose checksum is not right. */
  private final BitSet changed = new BitSet();

  private ByteBuffer[] chunks = new ByteBuffer[0];
  private int count;

  private PageFile(Path path) throws IOException {
    this.path = path;
    this.disk = new RandomAccessFile(path.toFile(), "rw");
  }

  /** Begins without a page; what was there is gone. */
  static PageFile create(Path path) throws IOException {
    PageFile created = new PageFile(path);
    created.disk.setLength(0);
    return created;
  }

  /** Looks at a page while its file is opened. */
  interface Check {
    /** Whether the page can be what it says it is. */
    boolean isRight(int page, ByteBuffer bytes);
  }

  /**
   * Opens what was forced when it had so many pages.
   *
   * @throws IOException where a page is damaged, or one is missing
   */
  static PageFile open(Path path, int pages, Check check) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new IOException(path + " is missing");
    }
    PageFile opened = new PageFile(path);
    try {
      int wanted = (pages + CHUNK_PAGES - 1) / CHUNK_PAGES;
      if (opened.disk.length() != (long) wanted * CHUNK_BYTES) {
        throw new IOException(path + " has " + opened.disk.length() + " bytes, not its own length");
      }
      opened.check(pages, check);
      opened.count = pages;
      opened.chunks = new ByteBuffer[wanted];
      for (int chunk = 0; chunk < wanted; chunk++) {
        opened.chunks[chunk] = opened.map(chunk);
      }
      return opened;
    } catch (IOException | RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  /** Reads, and does not map: a disk that cannot be read is an error then. */
  private void check(int pages, Check check) throws IOException {
    byte[] bytes = new byte[CHUNK_BYTES];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    disk.seek(0);
    for (int first = 0; first < pages; first += CHUNK_PAGES) {
      disk.readFully(bytes);
      for (int page = first; page < Math.min(pages, first + CHUNK_PAGES); page++) {
        ByteBuffer of = buffer.slice((page - first) * PAGE_BYTES, PAGE_BYTES);
        of.order(ByteOrder.LITTLE_ENDIAN);
        if (of.getInt(0) != checksum(of) || !check.isRight(page, of)) {
          throw new IOException(path + " is damaged in page " + page);
        }
      }
    }
  }

  private static int checksum(ByteBuffer page) {
    CRC32C sum = new CRC32C();
    sum.update(page.slice(Integer.BYTES, PAGE_BYTES - Integer.BYTES));
    return (int) sum.getValue();
  }

  private MappedByteBuffer map(int chunk) throws IOException {
    // The mapping outlives the channel.
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      MappedByteBuffer mapped =
          channel.map(FileChannel.MapMode.READ_WRITE, (long) chunk * CHUNK_BYTES, CHUNK_BYTES);
      mapped.order(ByteOrder.LITTLE_ENDIAN);
      return mapped;
    }
  }

  /** Adds a page of zeros; its number. */
  int append() throws IOException {
    if (count == chunks.length * CHUNK_PAGES) {
      disk.seek((long) chunks.length * CHUNK_BYTES);
      disk.write(new byte[CHUNK_BYTES]);
      ByteBuffer[] more = Arrays.copyOf(chunks, chunks.length + 1);
      more[chunks.length] = map(chunks.length);
      chunks = more;
    }
    int page = count++;
    changed.set(page);
    at(page).put(offset(page), new byte[PAGE_BYTES]);
    return page;
  }

  /** Says that a page is about to change. */
  void change(int page) {
    changed.set(page);
  }

  /** What the page lies in, from {@link #offset} on. */
  ByteBuffer at(int page) {
    return chunks[page / CHUNK_PAGES];
  }

  /** As {@link #at}, for who reads what may be half written; null where there is no such page. */
  @Nullable ByteBuffer atIfThere(int page) {
    ByteBuffer[] there = chunks;
    int chunk = page / CHUNK_PAGES;
    return chunk < there.length ? there[chunk] : null;
  }

  static int offset(int page) {
    return page % CHUNK_PAGES * PAGE_BYTES;
  }

  int count() {
    return count;
  }

  /** Makes the disk have it. */
  void force() throws IOException {
    ByteBuffer copy = ByteBuffer.allocate(PAGE_BYTES);
    for (int page = changed.nextSetBit(0); page >= 0; page = changed.nextSetBit(page + 1)) {
      // Summed up in a copy: a page that the disk does not give is an error there, but the end of
      // the process in the JVM's own code for sums.
      at(page).get(offset(page), copy.array());
      at(page).putInt(offset(page), checksum(copy));
    }
    disk.getFD().sync(); // of pages that were changed through the mapping too
    changed.clear();
  }

  /**
   * Deletes a file that is not open any more. Its mappings stay until they are collected, so it is
   * emptied first: the disk has its room at once.
   */
  static boolean delete(Path path) throws IOException {
    if (!Files.exists(path)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      channel.truncate(0);
    }
    return Files.deleteIfExists(path);
  }

  @Override
  public void close() {
    chunks = new ByteBuffer[0];
    try {
      disk.close();
    } catch (IOException e) {
      // Nothing is lost by it: what counts was forced.
    }
  }
}
