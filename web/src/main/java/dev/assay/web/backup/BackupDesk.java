package dev.assay.web.backup;

import dev.assay.store.Backup;
import dev.assay.store.Store;
import dev.assay.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes orders for backups that stand in the data directory, one at a time: {@code backup.request}
 * names where it shall go, {@code backup.answer} what became of it. Who may write there owns the
 * data anyway; nobody who only reaches a port of the server can make it write a file.
 */
public final class BackupDesk implements AutoCloseable {
  static final String REQUEST = "backup.request";
  static final String ANSWER = "backup.answer";
  static final String MADE = "made ";
  static final String FAILED = "failed ";

  private static final Logger LOG = LoggerFactory.getLogger(BackupDesk.class);
  private static final long LOOK_EVERY_MILLIS = 250;

  private final Path data;
  private final Store store;
  private final ScheduledExecutorService thread;

  private BackupDesk(Path data, Store store) {
    this.data = data;
    this.store = store;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread made = new Thread(task, "assay-backup");
              made.setDaemon(true);
              return made;
            });
  }

  /** Looks for orders from now on; one that a server before this left is forgotten. */
  public static BackupDesk open(Path data, Store store) throws IOException {
    Files.deleteIfExists(data.resolve(REQUEST));
    Files.deleteIfExists(data.resolve(ANSWER));
    BackupDesk desk = new BackupDesk(data, store);
    var unused =
        desk.thread.scheduleWithFixedDelay(
            desk::look, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    return desk;
  }

  private void look() {
    Path request = data.resolve(REQUEST);
    try {
      if (!Files.exists(request)) {
        return;
      }
      String to = Files.readString(request);
      if (!to.endsWith("\n")) {
        return; // it is being written
      }
      answer(answerTo(Path.of(to.substring(0, to.length() - 1))));
      Files.deleteIfExists(request);
    } catch (IOException | RuntimeException e) {
      LOG.warn("A backup was asked for, and cannot be answered: {}", e.toString());
    }
  }

  private String answerTo(Path to) {
    try {
      Backup made = store.backup(to);
      LOG.info("Backup made at {}", made.directory());
      return String.format(
          Locale.ROOT, "%s%s %d %s", MADE, made.madeAt(), made.bytes(), made.directory());
    } catch (StoreUnavailableException e) {
      return FAILED + e.getMessage();
    }
  }

  private void answer(String text) throws IOException {
    Path unfinished = data.resolve(ANSWER + ".unfinished");
    Files.writeString(unfinished, text);
    Files.move(
        unfinished,
        data.resolve(ANSWER),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** Ends after the backup under way. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      while (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
        LOG.info("Waiting for the backup under way");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closing the store waits for it too
    }
  }
}
