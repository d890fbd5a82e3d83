package dev.assay.store.contract;

import dev.assay.store.Store;
import dev.assay.store.StoreOptions;
import dev.assay.store.StoreUnavailableException;
import dev.assay.store.fact.Attribution;
import dev.assay.store.fact.Change;
import dev.assay.store.fact.Verdict;
import dev.assay.store.report.Filter;
import dev.assay.store.report.Summary;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A store of the kind under test, open while a test runs. */
public abstract class WithStore {
  @TempDir Path directory;
  Store store;

  /** Opens a store of the kind under test. */
  protected abstract Store open(StoreOptions options) throws StoreUnavailableException;

  @BeforeEach
  void openStore() throws StoreUnavailableException {
    store = open(StoreOptions.in(directory));
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  Summary summary() {
    return store.reports().summary(Filter.ALL);
  }

  void decide(Change change, Attribution.State state, boolean tagged, List<Verdict> verdicts)
      throws StoreUnavailableException {
    decide(change, state, tagged, verdicts, Given.NOON);
  }

  void decide(
      Change change,
      Attribution.State state,
      boolean tagged,
      List<Verdict> verdicts,
      Instant decidedAt)
      throws StoreUnavailableException {
    store
        .changes()
        .decided(
            List.of(
                new Attribution(
                    change,
                    state,
                    state == Attribution.State.UNDECIDED ? "lines expired" : null,
                    1,
                    1,
                    decidedAt,
                    tagged,
                    verdicts)));
  }
}
