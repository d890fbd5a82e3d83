package dev.assay.store.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a file of the journal for as long as an entry of it is not applied, or somebody still
 * writes or reads it. Then it is deleted, or, where something in it could not be used, kept aside.
 */
final class Hold implements Held {
  static final String ASIDE = ".aside";

  private static final Logger log = LoggerFactory.getLogger(Hold.class);

  private final Path file;
  private final AtomicInteger aside;
  private final AtomicInteger holders = new AtomicInteger();
  private volatile boolean keep;

  /**
   * @param aside counts the files that are kept aside
   */
  Hold(Path file, AtomicInteger aside) {
    this.file = file;
    this.aside = aside;
  }

  /** One more has a reason to keep the file. */
  Held take() {
    holders.incrementAndGet();
    return this;
  }

  /** Whether but one has. */
  boolean takenOnce() {
    return holders.get() == 1;
  }

  @Override
  public void applied() {
    if (holders.decrementAndGet() > 0) {
      return;
    }
    try {
      if (keep) {
        Path kept = file.resolveSibling(file.getFileName() + ASIDE);
        Files.move(file, kept, StandardCopyOption.ATOMIC_MOVE);
        aside.incrementAndGet();
        log.error(
            "Something acknowledged could not be made a fact; {} holds it. docs/format/journal.md"
                + " says what to do",
            kept);
      } else {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      log.warn("{} stays, and is read again at the next start: {}", file, e.toString());
    }
  }

  @Override
  public void refused() {
    keep = true;
    applied();
  }
}
