package dev.assay.store.embedded;

import dev.assay.store.Changes;
import dev.assay.store.Edits;
import dev.assay.store.Reports;
import dev.assay.store.Store;
import dev.assay.store.StoreHealth;
import dev.assay.store.StoreOptions;
import dev.assay.store.StoreUnavailableException;
import dev.assay.store.fact.Observation;
import java.util.Collection;

/** The store of one process on one data directory. */
public final class EmbeddedStore implements Store {
  private final DataDirectory directory;
  private final Database database;
  private final Writer writer;
  private final LineIndex index;
  private final Edits edits;
  private final Changes changes;
  private final Reports reports;

  private EmbeddedStore(DataDirectory directory, Database database) {
    this.directory = directory;
    this.database = database;
    Days days = new Days(database.zone());
    long version = lastVersion(database);
    EditReader reader = new EditReader(database);
    this.index = new LineIndex(directory.lines(), new EditQueries(database, reader), version);
    this.writer = new Writer(database.writer(), new FactKinds(days), version, index::committed);
    this.edits = new EmbeddedEdits(database, reader, index);
    this.changes = new EmbeddedChanges(database, writer, days);
    this.reports = new EmbeddedReports(database);
  }

  /** As {@link dev.assay.store.Stores#open}. */
  public static Store open(StoreOptions options) throws StoreUnavailableException {
    DataDirectory directory = DataDirectory.take(options.dataDir());
    try {
      return new EmbeddedStore(directory, Database.open(directory, options));
    } catch (StoreUnavailableException | RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  private static long lastVersion(Database database) {
    long[] version = new long[1];
    database.read(
        """
        SELECT coalesce(max(version), 0) FROM (
          SELECT version FROM edits UNION ALL SELECT version FROM edits_moved)
        """,
        row -> version[0] = row.number());
    return version[0];
  }

  @Override
  public Committed commit(Collection<? extends Observation> observations)
      throws StoreUnavailableException {
    return writer.commit(observations);
  }

  @Override
  public Edits edits() {
    return edits;
  }

  @Override
  public Changes changes() {
    return changes;
  }

  @Override
  public Reports reports() {
    return reports;
  }

  @Override
  public StoreHealth health() {
    String failure = writer.failure();
    long[] facts = new long[1];
    database.read(
        """
        SELECT coalesce(sum(estimated_size), 0)::BIGINT FROM duckdb_tables()
        WHERE table_name IN ('sessions', 'decisions', 'edits', 'usage', 'git_operations', 'samples',
          'exporters', 'changes', 'verdicts')
        """,
        row -> facts[0] = row.number());
    return new StoreHealth(
        failure == null,
        failure,
        facts[0],
        index.size(),
        index.fill(),
        index.rebuilding(),
        directory.sizeBytes());
  }

  @Override
  public void close() {
    writer.close();
    index.close();
    database.close();
    directory.close();
  }
}
