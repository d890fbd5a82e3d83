package dev.assay.store.embedded;

import dev.assay.store.StoreHealth;
import dev.assay.store.StoreOptions;
import dev.assay.store.StoreUnavailableException;
import dev.assay.store.fact.ExporterSeen;
import dev.assay.store.fact.Observation;
import dev.assay.store.join.Join;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When facts go: with the days, and where the database outgrows its limit, oldest first. The first
 * day that is kept never goes back; what is older is not taken in any more.
 */
final class FactRetention {
  /** Of so many days facts go in one transaction. */
  static final int STEP_DAYS = 31;

  /** How often in a row facts go to make room, before it is left until tomorrow. */
  private static final int ROUNDS = 8;

  /** How often it is tried to be alone with the database, before it is left until tomorrow. */
  private static final int RECLAIM_TRIES = 10;

  private static final Logger log = LoggerFactory.getLogger(FactRetention.class);

  private final Database database;
  private final Checkpoints checkpoints;
  private final StoreOptions options;
  private final Days zone;
  private final FactKinds kinds;
  private final Sums sums;
  private final InstantSource clock;
  private final AtomicLong deleted = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private volatile boolean tooLarge;

  /** Only the writer's thread changes it. */
  private volatile long keptFromMicros;

  FactRetention(
      Database database,
      Checkpoints checkpoints,
      StoreOptions options,
      Days zone,
      FactKinds kinds,
      Sums sums,
      InstantSource clock) {
    this.database = database;
    this.checkpoints = checkpoints;
    this.options = options;
    this.zone = zone;
    this.kinds = kinds;
    this.sums = sums;
    this.clock = clock;
    this.keptFromMicros = OldFacts.keptFromMicros(database);
  }

  /** Since when facts are kept. */
  long keptFromMicros() {
    return keptFromMicros;
  }

  /** Whether facts of this time are kept. */
  boolean keeps(long micros) {
    return micros >= keptFromMicros;
  }

  /** Those that are not too old. That somebody exports is told by the server's own clock. */
  List<Observation> kept(List<Observation> observations) {
    return observations.stream()
        .filter(each -> each instanceof ExporterSeen || keeps(Join.micros(each.time())))
        .toList();
  }

  /** So many came too old, and were left out of what was committed. */
  void refused(int observations) {
    refused.addAndGet(observations);
  }

  /**
   * Takes away what was kept long enough, and then what has no room.
   *
   * @return how many rows went
   */
  long run(Writer writer) throws StoreUnavailableException {
    long before = deleted.get();
    if (options.retentionDays() > 0) {
      advance(writer, firstOf(options.retentionDays()));
    }
    if (options.retentionBytes() > 0) {
      makeRoom(writer, firstOf(options.lineRetentionDays()));
    }
    return deleted.get() - before;
  }

  /** The first of so many days, of which today is the last. */
  private int firstOf(int days) {
    return zone.of(Join.micros(clock.instant())) - days + 1;
  }

  private int keptFromDay() {
    return zone.of(keptFromMicros);
  }

  private void advance(Writer writer, int to) throws StoreUnavailableException {
    Integer oldest = OldFacts.oldestDay(database, keptFromDay());
    while (oldest != null && oldest < to) {
      delete(writer, (int) Math.min(to, (long) oldest + STEP_DAYS));
      oldest = OldFacts.oldestDay(database, keptFromDay());
    }
    if (keptFromDay() < to) {
      delete(writer, to);
    }
  }

  private void delete(Writer writer, int before) throws StoreUnavailableException {
    long micros = zone.startMicros(LocalDate.ofEpochDay(before));
    long rows =
        writer.<Long>change(
            tx -> {
              long gone = OldFacts.delete(tx, micros);
              tx.afterCommit(
                  () -> {
                    keptFromMicros = micros;
                    deleted.addAndGet(gone);
                    kinds.forgetRecent();
                  });
              return gone;
            });
    log.info("{} rows of facts before {} are gone", rows, LocalDate.ofEpochDay(before));
  }

  /**
   * @param first of the days that are kept, whatever room they take
   */
  private void makeRoom(Writer writer, int first) throws StoreUnavailableException {
    for (int round = 0; round <= ROUNDS; round++) {
      if (database.usedBytes() > options.retentionBytes() && !reclaim(writer)) {
        log.warn("What facts take on disk is not known while somebody reads; tried again tomorrow");
        return;
      }
      long used = database.usedBytes();
      tooLarge = used > options.retentionBytes();
      Integer oldest = OldFacts.oldestDay(database, keptFromDay());
      if (!tooLarge || round == ROUNDS || oldest == null || oldest >= first) {
        break;
      }
      double share = (double) (used - options.retentionBytes()) / used;
      // Blocks are given back by whole row groups: where few days gave none, more of them go.
      int before = Math.max(oldest + (1 << round), OldFacts.dayAfterShare(database, share, oldest));
      advance(writer, Math.min(first, before));
    }
    if (tooLarge) {
      log.warn(
          "Facts take {} MiB, more than store.retention_size ({} MiB): what is left is younger than"
              + " store.line_retention_days, or does not make enough room before tomorrow",
          database.usedBytes() >> 20,
          options.retentionBytes() >> 20);
    }
  }

  /** Has the database give back the blocks of which all rows are gone; whether it could. */
  private boolean reclaim(Writer writer) throws StoreUnavailableException {
    boolean[] done = new boolean[1];
    for (int tried = 0; tried < RECLAIM_TRIES && !done[0]; tried++) {
      sums.refresh(); // so that no question has to, which would take long
      writer.<Integer>change(
          tx -> {
            Writer.probe(tx); // where nothing has changed, nothing would be looked through
            tx.afterCommit(() -> done[0] = checkpoints.run(true));
            return 0;
          });
    }
    return done[0];
  }

  /** How it stands. */
  StoreHealth.Retention health() {
    Integer[] oldest = new Integer[1];
    database.read(
        "SELECT least((SELECT min(day) FROM work), (SELECT min(day) FROM changes))",
        row -> oldest[0] = row.integerOrNull());
    return new StoreHealth.Retention(
        day(oldest[0]), deleted.get(), refused.get(), database.usedBytes(), tooLarge);
  }

  private static @Nullable LocalDate day(@Nullable Integer day) {
    return day == null ? null : LocalDate.ofEpochDay(day);
  }
}
