package dev.assay.store.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a file of the journal for as long as an entry of it is not applied, or somebody still
 * writes or reads it. Then it waits among the {@link KeptFiles}.
 */
final class Hold implements Held {
  static final String ASIDE = ".aside";

  private static final Logger log = LoggerFactory.getLogger(Hold.class);

  private final KeptFiles kept;
  private final AtomicInteger aside;
  private volatile Path file;
  private final AtomicInteger holders = new AtomicInteger();
  private final AtomicBoolean refused = new AtomicBoolean();

  /**
   * @param kept takes the file when all its entries are applied
   * @param aside counts the files that are kept aside, or will be
   */
  Hold(Path file, KeptFiles kept, AtomicInteger aside) {
    this.file = file;
    this.kept = kept;
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
    if (holders.decrementAndGet() == 0) {
      kept.add(this, bytes());
    }
  }

  @Override
  public void refused() {
    if (refused.compareAndSet(false, true)) {
      aside.incrementAndGet();
      log.error(
          "Something acknowledged could not be made a fact; {} holds it, and will be {}."
              + " docs/format/journal.md says what to do",
          file,
          asideFile());
    }
    applied();
  }

  private Path asideFile() {
    return file.resolveSibling(file.getFileName() + ASIDE);
  }

  /** Says in the file's name that a database that has this version has what it holds. */
  void mark(long version) {
    if (refused.get()) {
      return; // it is to be read, and refused, again
    }
    Path marked = file.resolveSibling(Segment.name(Segment.number(file), version));
    try {
      Files.move(file, marked, StandardCopyOption.ATOMIC_MOVE);
      file = marked;
    } catch (IOException e) {
      log.warn("{} is applied, and will be again at the next start: {}", file, e.toString());
    }
  }

  long bytes() {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0;
    }
  }

  /** Nobody needs it any more: it is deleted, or, where something was refused, kept aside. */
  void release() {
    try {
      if (refused.get()) {
        Files.move(file, asideFile(), StandardCopyOption.ATOMIC_MOVE);
      } else {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      log.warn("{} stays: {}", file, e.toString());
    }
  }
}
