package dev.assay.store.embedded;

import dev.assay.store.StoreOptions;
import dev.assay.store.journal.Journal;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.Consumer;

/** The writer of a store, without the rest of it. */
final class Writers {
  private Writers() {}

  /**
   * @param edited as the writer's own
   */
  static Writer open(
      Database database,
      CommittedFile committed,
      Journal journal,
      FactKinds kinds,
      Consumer<CommittedEdits> edited) {
    return open(database, committed, journal, kinds, 0, edited);
  }

  static Writer open(
      Database database,
      CommittedFile committed,
      Journal journal,
      FactKinds kinds,
      long version,
      Consumer<CommittedEdits> edited) {
    Days days = new Days(ZoneOffset.UTC);
    Sums sums = new Sums(database, Map.of());
    InstantSource clock = InstantSource.system();
    StoreOptions options = StoreOptions.in(database.root());
    Checkpoints checkpoints = new Checkpoints(database, journal, committed);
    return new Writer(
        database,
        kinds,
        0,
        version,
        new LineRetention(options.lineRetentionDays(), days, clock),
        new FactRetention(database, checkpoints, options, days, kinds, sums, clock),
        new EditVersions(),
        sums,
        checkpoints,
        edited);
  }
}
