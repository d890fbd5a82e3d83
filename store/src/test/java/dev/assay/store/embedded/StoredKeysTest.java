package dev.assay.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.store.StoreOptions;
import dev.assay.store.StoreUnavailableException;
import dev.assay.store.contract.Given;
import dev.assay.store.fact.Observation;
import dev.assay.store.journal.Journal;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoredKeysTest {
  @TempDir Path folder;

  @Test
  void everyKeyMayBeStored_untilAllAreKnown() {
    StoredKeys keys = new StoredKeys("keys", new KeyRoom());
    keys.add(keys.hash("one"));
    assertThat(keys.mayHold(keys.hash("other"))).isTrue();
    keys.whole(true);
    assertThat(keys.mayHold(keys.hash("other"))).isFalse();
    assertThat(keys.mayHold(keys.hash("one"))).isTrue();
    keys.whole(false);
    assertThat(keys.mayHold(keys.hash("other"))).isTrue();
  }

  @Test
  void allKeysAreFound_howeverManyThereAre() {
    StoredKeys keys = new StoredKeys("keys", new KeyRoom());
    keys.whole(true);
    for (int i = 0; i < 100_000; i++) {
      long hash = keys.hash("toolu_" + i);
      keys.addAll(LongStream.of(hash, hash));
    }
    assertThat(keys.size()).isEqualTo(100_000);
    for (int i = 0; i < 100_000; i++) {
      assertThat(keys.mayHold(keys.hash("toolu_" + i))).isTrue();
      assertThat(keys.mayHold(keys.hash("req_" + i))).isFalse();
    }
  }

  @Test
  void keysWithoutRoom_mayAllBeStored() {
    KeyRoom room = new KeyRoom(100_000);
    StoredKeys keys = new StoredKeys("keys", room);
    StoredKeys others = new StoredKeys("keys", room);
    keys.whole(true);
    others.whole(true);
    others.add(others.hash("other"));
    int added = 0;
    while (!keys.abandoned()) {
      assertThat(keys.size()).isEqualTo(added);
      keys.add(keys.hash("toolu_" + added++));
      assertThat(room.fill()).isPositive().isLessThanOrEqualTo(1);
    }
    assertThat(added).as("of 4 bytes, with room for each piece of 8").isGreaterThan(3_000);
    assertThat(keys.mayHold(keys.hash("never"))).isTrue();
    keys.whole(true);
    keys.add(keys.hash("one more"));
    assertThat(keys.whole()).isFalse();
    assertThat(keys.mayHold(keys.hash("never"))).isTrue();
    assertThat(keys.size()).isZero();
    assertThat(room.fill()).as("says so from now on").isOne();
    for (int i = 0; i < 3_000; i++) { // who has few keys has the room now
      others.add(others.hash("toolu_" + i));
    }
    assertThat(others.abandoned()).isFalse();
    assertThat(others.mayHold(others.hash("never"))).isFalse();
  }

  @Test
  void room_isAsLargeAsSaid() {
    KeyRoom room = new KeyRoom(10);
    assertThat(room.enter(10)).isTrue();
    assertThat(room.fill()).isOne();
    room.leave(5);
    assertThat(room.fill()).isEqualTo(0.5);
    assertThat(room.enter(6)).isFalse();
    assertThat(room.enter(5)).isTrue();
  }

  /** The same facts, whether a key is known from its commit, from the database, or not yet. */
  @Test
  void repetitions_changeNothing_whereverTheKeysAreKnownFrom() throws Exception {
    List<Observation> history = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      history.add(Given.edit("töölu" + i, "s" + i % 3, "src/A.java", "line number " + i));
    }
    try (DataDirectory directory = DataDirectory.take(folder);
        Database database = Database.open(directory, StoreOptions.in(folder));
        CommittedFile committed = CommittedFile.open(directory.committed(), 0);
        Journal journal = Journal.open(directory.journal(), true, 0)) {
      FactKinds kinds = new FactKinds(new Days(ZoneOffset.UTC));
      kinds.learn(database);
      assertThat(kinds.learnt()).isTrue();
      try (Writer writer = Writers.open(database, committed, journal, kinds, edits -> {})) {
        assertThat(changed(writer, history)).isEqualTo(50);
        assertThat(kinds.keys()).isEqualTo(50);
        assertThat(changed(writer, history)).as("held in memory").isZero();
        assertThat(afterwards(writer, kinds::forgetRecent)).isZero();
        assertThat(changed(writer, history)).as("read again").isZero();
        assertThat(afterwards(writer, kinds::doubt)).isZero();
        assertThat(kinds.learnt()).isFalse();
        assertThat(changed(writer, history)).as("in doubt").isZero();
      }
      FactKinds next = new FactKinds(new Days(ZoneOffset.UTC));
      next.learn(database);
      assertThat(next.keys()).isEqualTo(50);
      try (Writer writer = Writers.open(database, committed, journal, next, edits -> {})) {
        assertThat(changed(writer, history)).as("learnt").isZero();
      }
      FactKinds without = new FactKinds(new Days(ZoneOffset.UTC), new KeyRoom(0));
      without.learn(database);
      assertThat(without.learnt()).as("as far as it can").isTrue();
      assertThat(without.keysFill()).isOne();
      without.forgetRecent();
      try (Writer writer = Writers.open(database, committed, journal, without, edits -> {})) {
        assertThat(changed(writer, history)).as("looked up").isZero();
      }
    }
  }

  private static long changed(Writer writer, List<Observation> history) throws Exception {
    long before = writer.changedFacts();
    writer.apply(
        new Journaled(history.size(), () -> history, applied -> assertThat(applied).isTrue()));
    assertThat(writer.settle(60_000)).isTrue();
    return writer.changedFacts() - before;
  }

  private static int afterwards(Writer writer, Runnable step) throws StoreUnavailableException {
    return writer.<Integer>change(
        tx -> {
          tx.afterCommit(step);
          return 0;
        });
  }
}
