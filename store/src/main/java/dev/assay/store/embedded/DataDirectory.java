package dev.assay.store.embedded;

import dev.assay.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * The files of a store, and the lock that keeps a second process out. The operating system drops
 * the lock with the process, however it ends; the process id inside is for the message only.
 */
final class DataDirectory implements AutoCloseable {
  /** The database's file; in a backup too. */
  static final String FACTS = "facts.duckdb";

  static final String LOCK = "store.lock";
  static final String JOURNAL = "journal";

  private static final long RETRY_MILLIS = 5_000;

  private final Path root;
  private final FileChannel channel;
  private final FileLock lock;

  private DataDirectory(Path root, FileChannel channel, FileLock lock) {
    this.root = root;
    this.channel = channel;
    this.lock = lock;
  }

  /** Makes the directory where it is missing, and takes it for this process. */
  static DataDirectory take(Path dir) throws StoreUnavailableException {
    Path root = dir.toAbsolutePath().normalize();
    FileChannel channel = null;
    try {
      Files.createDirectories(root);
      channel =
          FileChannel.open(
              root.resolve(LOCK),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        String owner = new String(read(channel), StandardCharsets.US_ASCII).strip();
        channel.close();
        throw new StoreUnavailableException(
            "data directory "
                + root
                + " is in use by process "
                + (owner.isEmpty() ? "(unknown)" : owner)
                + "; stop that one, or choose another directory with --data",
            RETRY_MILLIS,
            null);
      }
      channel.truncate(0);
      byte[] pid = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
      channel.write(ByteBuffer.wrap(pid), 0);
      return new DataDirectory(root, channel, lock);
    } catch (IOException e) {
      closeQuietly(channel);
      throw new StoreUnavailableException(
          "data directory "
              + root
              + " cannot be written ("
              + e.getClass().getSimpleName()
              + ": "
              + e.getMessage()
              + "); check its owner, its permissions and the free space",
          RETRY_MILLIS,
          e);
    }
  }

  private static @org.jspecify.annotations.Nullable FileLock tryLock(FileChannel channel)
      throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // by this process, through another store
    }
  }

  private static byte[] read(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(32);
    channel.read(bytes, 0);
    return java.util.Arrays.copyOf(bytes.array(), bytes.position());
  }

  private static void closeQuietly(@org.jspecify.annotations.Nullable FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        // Nothing was written through it.
      }
    }
  }

  Path root() {
    return root;
  }

  /** The database; DuckDB adds its log beside it, with {@code .wal} at the end. */
  Path facts() {
    return root.resolve(FACTS);
  }

  /** The database's log. */
  Path log() {
    return root.resolve(FACTS + ".wal");
  }

  /** Which transaction was the last. */
  Path committed() {
    return root.resolve("facts.committed");
  }

  /** Where DuckDB spills what does not fit in memory. */
  Path spill() {
    return root.resolve("facts.spill");
  }

  /** What is acknowledged and not yet in the database's file. */
  Path journal() {
    return root.resolve(JOURNAL);
  }

  /** The line index. */
  Path lines() {
    return root.resolve("lines");
  }

  /** What all of it takes on disk, as far as it can be read. */
  long sizeBytes() {
    long[] sum = new long[1];
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              sum[0] += attributes.size();
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      return sum[0];
    }
    return sum[0];
  }

  @Override
  public void close() {
    try {
      lock.release();
    } catch (IOException e) {
      // Closing the channel drops it too.
    }
    closeQuietly(channel);
  }
}
