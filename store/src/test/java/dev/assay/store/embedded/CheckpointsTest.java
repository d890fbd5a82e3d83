package dev.assay.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.store.StoreOptions;
import dev.assay.store.StoreUnavailableException;
import dev.assay.store.contract.Given;
import dev.assay.store.fact.Observation;
import dev.assay.store.journal.Journal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckpointsTest {
  private static final long MEMORY_BYTES = 64L << 20;

  /** A sixteenth of that. */
  private static final long LIMIT_LOG_BYTES = 4L << 20;

  @TempDir Path folder;
  private DataDirectory directory;
  private Database database;
  private CommittedFile committed;
  private Journal journal;

  @BeforeEach
  void open() throws Exception {
    directory = DataDirectory.take(folder);
    database = Database.open(directory, options());
    committed = CommittedFile.open(directory.committed(), 0);
    journal = Journal.open(directory.journal(), false, 0);
  }

  private StoreOptions options() {
    return StoreOptions.in(folder).withMemoryLimitBytes(MEMORY_BYTES);
  }

  @AfterEach
  void close() {
    journal.close();
    committed.close();
    database.close();
    directory.close();
  }

  private Writer writer() {
    return Writers.open(
        database, committed, journal, new FactKinds(new Days(ZoneOffset.UTC)), edits -> {});
  }

  private static List<Observation> edits(int first, int count, int chars) {
    return IntStream.range(first, first + count)
        .mapToObj(i -> Given.edit("t" + i, "s1", "src/A.java", i + "x".repeat(chars)))
        .map(Observation.class::cast)
        .toList();
  }

  /** Commits, and waits until they are facts. */
  private void commit(Writer writer, List<Observation> observations) throws Exception {
    byte[] entry = Journal.entry(observations);
    journal.append(
        entry,
        held ->
            writer.apply(
                new Journaled(
                    observations.size(),
                    () -> observations,
                    applied -> {
                      if (applied) {
                        held.applied();
                      }
                    })));
    assertThat(writer.settle(60_000)).isTrue();
  }

  private int files() throws IOException {
    try (var files = Files.list(directory.journal())) {
      return (int) files.count();
    }
  }

  @Test
  void one_isMade_whenTheLogHasItsLimit_andTheJournalsFilesGo() throws Exception {
    assertThat(database.limitLogBytes()).isEqualTo(LIMIT_LOG_BYTES);
    try (Writer writer = writer()) {
      int first = 0;
      commit(writer, edits(first++, 1, 1_000));
      assertThat(database.logBytes()).isBetween(1L, LIMIT_LOG_BYTES);
      assertThat(files()).isOne();
      for (long before = 0; database.logBytes() >= before; first += 200) {
        before = database.logBytes();
        assertThat(before).as("and no more than a transaction beyond").isLessThan(LIMIT_LOG_BYTES);
        assertThat(files()).isPositive();
        commit(writer, edits(first, 200, 4_000));
        awaitIdle(writer);
      }
      assertThat(files()).isZero();
    }
  }

  /** What is said again makes no facts, so it is in no log. */
  @Test
  void one_isMade_whenTheJournalKeepsItsLimit() throws Exception {
    List<Observation> said = edits(0, 1, 4 << 20);
    try (Writer writer = writer()) {
      commit(writer, said);
      awaitIdle(writer);
      long kept = 0;
      while (journal.appliedBytes() >= kept) {
        kept = journal.appliedBytes();
        assertThat(kept).isLessThan(Checkpoints.LIMIT_JOURNAL_BYTES);
        commit(writer, said);
        awaitIdle(writer);
      }
      assertThat(kept).isGreaterThan(Checkpoints.LIMIT_JOURNAL_BYTES - (16 << 20));
      assertThat(journal.appliedBytes()).isZero();
      assertThat(files()).as("the one that is written").isLessThanOrEqualTo(1);
    }
  }

  /** A checkpoint comes behind what waits for its transaction. */
  private static void awaitIdle(Writer writer) throws StoreUnavailableException {
    assertThat(writer.<Integer>change(tx -> 1)).isOne();
  }

  @Test
  void one_thatCannotBeMade_letsNothingGo_andIsMadeLater() throws Exception {
    Checkpoints checkpoints = new Checkpoints(database, journal, committed);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    FutureTask<Integer> other =
        new FutureTask<>(
            () -> {
              database.update(
                  connection -> {
                    try (var statement = connection.createStatement()) {
                      statement.execute("INSERT INTO meta VALUES ('other', '1')");
                      begun.countDown();
                      goOn.await();
                    } catch (InterruptedException e) {
                      throw new IllegalStateException(e);
                    }
                  });
              return 0;
            });
    try (Writer writer = writer()) {
      commit(writer, edits(0, 1, 10));
    }
    new Thread(other).start();
    begun.await();
    try {
      assertThat(checkpoints.run(true)).as("somebody reads").isFalse();
      assertThat(files()).isOne();
      assertThat(database.logBytes()).isPositive();
      checkpoints.want();
      checkpoints.afterCommit(1);
      assertThat(files()).as("not at once again").isOne();
    } finally {
      goOn.countDown();
    }
    assertThat(other.get()).isZero();
    assertThat(checkpoints.run(true)).isTrue();
    assertThat(files()).isZero();
    assertThat(database.logBytes()).isZero();
  }

  /** That of the sums, which are made beside the writer. */
  @Test
  void one_isMade_whileAnotherTransactionIsOpen() throws Exception {
    try (Writer writer = writer()) {
      commit(writer, edits(0, 1, 10));
    }
    database.update(
        connection -> {
          try (var statement = connection.createStatement()) {
            statement.execute("INSERT INTO meta VALUES ('other', '1')");
          }
          assertThat(new Checkpoints(database, journal, committed).run(false)).isTrue();
        });
    long version = CommittedFile.read(directory.committed());
    Path copy = Files.createDirectory(folder.resolve("copy"));
    Files.copy(folder.resolve(DataDirectory.FACTS), copy.resolve(DataDirectory.FACTS));
    try (DataDirectory other = DataDirectory.take(copy);
        Database taken = Database.open(other, options())) {
      assertThat(taken.lastVersion()).as("the file alone").isEqualTo(version);
    }
    assertThat(files()).isZero();
  }

  @Test
  void one_thatIsWanted_isMadeAfterTheNextTransaction() throws Exception {
    Checkpoints checkpoints = new Checkpoints(database, journal, committed);
    try (Writer writer = writer()) {
      commit(writer, edits(0, 1, 10));
    }
    checkpoints.afterCommit(1);
    assertThat(files()).isOne();
    checkpoints.want();
    assertThat(files()).isOne();
    checkpoints.afterCommit(1);
    assertThat(files()).isZero();
  }

  /** As after a commit that failed: what its log has lost must not be made to stay lost. */
  @Test
  void aDatabase_thatIsOpenedAfresh_andHasLostSomething_isNotGoneOnWith() throws Exception {
    try (Writer writer = writer()) {
      commit(writer, edits(0, 1, 10));
    }
    long version = CommittedFile.read(directory.committed());
    assertThat(version).isPositive();
    try (var statement = database.writer().createStatement()) {
      statement.execute("PRAGMA disable_checkpoint_on_shutdown"); // as one that is of no use
    }
    database.writer().commit();
    Files.move(directory.log(), folder.resolve("away"));
    assertThatThrownBy(() -> database.reopen(version))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining(directory.log() + " has lost its end")
        .hasMessageContaining("start again");
    Files.move(folder.resolve("away"), directory.log());
    database.reopen(version);
    assertThat(database.lastVersion()).as("nothing was written meanwhile").isEqualTo(version);
  }
}
