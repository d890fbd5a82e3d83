package dev.assay.web.backup;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** Orders a backup of a server that runs. */
public final class BackupOrder {
  private static final long LOOK_EVERY_MILLIS = 100;

  private BackupOrder() {}

  /**
   * Waits until it is made.
   *
   * @param alive whether the server still runs
   * @return what was made
   * @throws IOException where none was; the message says why
   */
  public static Made place(Path data, Path to, BooleanSupplier alive)
      throws IOException, InterruptedException {
    Path request = data.resolve(BackupDesk.REQUEST);
    Path answer = data.resolve(BackupDesk.ANSWER);
    try {
      Files.writeString(
          request, to.toAbsolutePath().normalize() + "\n", StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw new IOException("another backup of " + data + " is under way; wait for its end", e);
    }
    while (Files.exists(request)) {
      if (!alive.getAsBoolean()) {
        Files.deleteIfExists(request);
        throw new IOException("the server ended before it made the backup");
      }
      Thread.sleep(LOOK_EVERY_MILLIS);
    }
    String said = Files.readString(answer);
    Files.deleteIfExists(answer);
    if (!said.startsWith(BackupDesk.MADE)) {
      throw new IOException(said.substring(BackupDesk.FAILED.length()));
    }
    String[] words = said.substring(BackupDesk.MADE.length()).split(" ", 3);
    return new Made(Path.of(words[2]), Instant.parse(words[0]), Long.parseLong(words[1]));
  }

  /**
   * A backup.
   *
   * @param madeAt what was acknowledged before is in it
   */
  public record Made(Path directory, Instant madeAt, long bytes) {}
}
