package dev.assay.agent;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The agent's folder, {@code DATA/agent}: one process at a time uses it. */
final class DataFolder implements AutoCloseable {
  private final Path folder;
  private final FileChannel lockFile;

  private DataFolder(Path folder, FileChannel lockFile) {
    this.folder = folder;
    this.lockFile = lockFile;
  }

  /**
   * Takes the folder.
   *
   * @throws InUseException where another agent has it
   */
  static DataFolder open(Path data) throws IOException, InUseException {
    Path folder = Files.createDirectories(data.resolve("agent"));
    FileChannel lockFile =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    @Nullable FileLock lock;
    try {
      lock = lockFile.tryLock();
    } catch (OverlappingFileLockException sameProcess) {
      lock = null;
    }
    if (lock == null) {
      lockFile.close();
      throw new InUseException("another agent is at work in " + folder);
    }
    return new DataFolder(folder, lockFile);
  }

  Path places() {
    return folder.resolve("places.json");
  }

  Path spool() {
    return folder.resolve("spool");
  }

  Path status() {
    return folder.resolve("status.json");
  }

  /** Who this agent is, as long as the folder exists. */
  String instanceId() throws IOException {
    Path file = folder.resolve("instance-id");
    try {
      String id = Files.readString(file, StandardCharsets.US_ASCII).strip();
      if (!id.isEmpty()) {
        return id;
      }
    } catch (NoSuchFileException first) {
      // made below
    }
    String id = UUID.randomUUID().toString();
    Files.writeString(file, id + "\n", StandardCharsets.US_ASCII);
    return id;
  }

  @Override
  public void close() throws IOException {
    lockFile.close();
  }

  /** The folder belongs to another process. */
  static final class InUseException extends Exception {
    InUseException(String message) {
      super(message);
    }
  }
}
