package dev.assay.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.store.Store;
import dev.assay.store.StoreOptions;
import dev.assay.store.StoreUnavailableException;
import dev.assay.store.Stores;
import dev.assay.store.contract.Given;
import dev.assay.store.fact.Observation;
import dev.assay.store.fact.Source;
import dev.assay.store.journal.Journal;
import dev.assay.store.report.Filter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CommitsTest {
  private static final int LIMIT = 10;

  @TempDir Path folder;

  private static List<Observation> edits(int first, int count) {
    List<Observation> edits = new ArrayList<>();
    for (int i = first; i < first + count; i++) {
      edits.add(Given.edit("t" + i, "s1", "src/A.java", "int line" + i + " = 1;"));
    }
    return edits;
  }

  @Test
  void commit_beyondWhatMayWait_isRefused_andWhatWasAcknowledgedBecomesFacts() throws Exception {
    DataDirectory directory = DataDirectory.take(folder);
    Database database = Database.open(directory, StoreOptions.in(folder));
    CommittedFile committed = CommittedFile.open(directory.committed(), 0);
    Journal journal = Journal.open(directory.journal(), true, 0);
    FactKinds kinds = new FactKinds(new Days(ZoneOffset.UTC));
    Writer writer = Writers.open(database, committed, journal, kinds, edits -> {});
    CountDownLatch goOn = new CountDownLatch(1);
    try (Commits commits = new Commits(journal, writer, new Room(LIMIT, 1 << 20))) {
      CompletableFuture<Integer> held = CompletableFuture.supplyAsync(() -> hold(writer, goOn));
      commits.commit(edits(0, LIMIT - 1), 0);
      commits.expectRoom();
      commits.commit(edits(LIMIT - 1, 1), 0);
      assertThatThrownBy(commits::expectRoom)
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("busy: 10 observations wait");
      assertThat(commits.waiting()).isEqualTo(LIMIT);
      assertThatThrownBy(() -> commits.commit(edits(LIMIT, 1), 0))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("busy: 10 observations wait")
          .extracting(e -> ((StoreUnavailableException) e).retryAfterMillis())
          .isEqualTo(1000L);
      goOn.countDown();
      assertThat(held.get()).isZero();
      assertThat(commits.settle()).isTrue();
      assertThat(commits.waiting()).isZero();
      assertThat(writer.changedFacts()).isEqualTo(LIMIT);
      commits.commit(edits(LIMIT, 1), 0);
    } finally {
      committed.close();
      database.close();
      directory.close();
    }
  }

  private static int hold(Writer writer, CountDownLatch goOn) {
    try {
      return writer.change(
          tx -> {
            try {
              goOn.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            return 0;
          });
    } catch (StoreUnavailableException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void open_appliesWhatAnEarlierProcessLeft() throws Exception {
    try (Journal journal = Journal.open(folder.resolve("journal"), true, 0)) {
      journal.append(Journal.entry(edits(0, 3)), held -> {});
      journal.append(Journal.entry(edits(2, 3)), held -> {});
    }
    try (Store store = Stores.open(StoreOptions.in(folder))) {
      assertThat(store.reports().summary(Filter.ALL).linesAccepted()).isEqualTo(5);
      assertThat(store.health().waiting()).isZero();
      assertThat(store.health().setAside()).isZero();
    }
    try (var left = Files.list(folder.resolve("journal"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void whatCannotBeAFact_showsInTheHealth_andEverythingElseIsOne() throws Exception {
    for (int start = 0; start < 2; start++) {
      try (Store store = Stores.open(StoreOptions.in(folder))) {
        if (start == 0) {
          store.commit(List.of(Given.usage(Source.EVENT, null, "r1", "s1", 100, "1e20")));
        }
        store.commit(edits(start, 1));
        assertThat(store.reports().summary(Filter.ALL).linesAccepted()).isEqualTo(start + 1);
        assertThat(store.health().ready()).isTrue();
      }
    }
    try (Store store = Stores.open(StoreOptions.in(folder))) {
      assertThat(store.health().setAside()).isOne();
    }
  }
}
