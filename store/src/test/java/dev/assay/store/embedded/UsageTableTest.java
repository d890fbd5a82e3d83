package dev.assay.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.store.StoreOptions;
import dev.assay.store.contract.Given;
import dev.assay.store.fact.Observation;
import dev.assay.store.fact.Source;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Responses under several ids, in memory and on disk. */
class UsageTableTest {
  private static final int RECENT = 10_000;

  @TempDir Path folder;

  @Test
  void aResponse_ofWhoseIdsOneLeftTheMemory_staysWhenItIsSaidAgain() throws Exception {
    Observation both = Given.usage(Source.TRANSCRIPT, "m", "r", "s1", 100, "0.01");
    List<Observation> others = new ArrayList<>();
    for (int i = 0; i < RECENT - 1; i++) {
      others.add(Given.usage(Source.EVENT, null, "other" + i, "s1", 100, "0.01"));
    }
    try (EmbeddedStore store =
        EmbeddedStore.open(StoreOptions.in(folder), InstantSource.system())) {
      for (List<Observation> some : List.of(List.of(both), others, List.of(both))) {
        store.commit(some);
        store.settle();
      }
      assertThat(count(store, "usage")).isEqualTo(RECENT);
      assertThat(count(store, "usage_ids")).as("of the one with two").isEqualTo(2);
    }
  }

  @Test
  void aResponse_ofOneId_isFoundByItWhenAnotherComes_alsoAfterARestart() throws Exception {
    StoreOptions options = StoreOptions.in(folder);
    try (EmbeddedStore store = EmbeddedStore.open(options, InstantSource.system())) {
      store.commit(List.of(Given.usage(Source.EVENT, null, "r1", "s1", 100, "0.01")));
      store.commit(List.of(Given.usage(Source.EVENT, null, "r2", "s1", 100, "0.01")));
      store.settle();
    }
    try (EmbeddedStore store = EmbeddedStore.open(options, InstantSource.system())) {
      store.commit(List.of(Given.usage(Source.TRANSCRIPT, "m1", "r1", "s1", 100, "0.01")));
      store.settle();
      assertThat(count(store, "usage")).isEqualTo(2);
      store.commit(List.of(Given.usage(Source.TRANSCRIPT, "m1", "r2", "s1", 100, "0.01")));
      store.settle();
      assertThat(count(store, "usage")).as("the message id unites them").isOne();
      assertThat(count(store, "usage_ids")).isEqualTo(3);
    }
  }

  private static long count(EmbeddedStore store, String table) {
    long[] rows = new long[1];
    store.database().read("SELECT count(*) FROM " + table, row -> rows[0] = row.number());
    return rows[0];
  }
}
