package dev.assay.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.store.StoreOptions;
import dev.assay.store.StoreUnavailableException;
import dev.assay.store.contract.Given;
import dev.assay.store.fact.Observation;
import dev.assay.store.fact.Source;
import dev.assay.store.journal.Journal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WriterTest {
  private static final Observation SESSION = Given.session("s1", "ann@acme.example");

  @TempDir Path folder;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> ends = Collections.synchronizedList(new ArrayList<>());
  private final List<CommittedEdits> edited = Collections.synchronizedList(new ArrayList<>());
  private final List<Integer> engineThreads = Collections.synchronizedList(new ArrayList<>());
  private volatile boolean failWhenTold;
  private DataDirectory directory;
  private Database database;
  private CommittedFile committed;
  private Journal journal;
  private Writer writer;

  @BeforeEach
  void open() throws Exception {
    directory = DataDirectory.take(folder);
    database = Database.open(directory, StoreOptions.in(folder).withThreads(2));
    committed = CommittedFile.open(directory.committed(), 0);
    journal = Journal.open(directory.journal(), true, 0);
    FactKinds kinds = new FactKinds(new Days(ZoneOffset.UTC));
    writer = Writers.open(database, committed, journal, kinds, this::told);
  }

  @AfterEach
  void close() {
    writer.close();
    journal.close();
    committed.close();
    database.close();
    directory.close();
    threads.shutdown();
  }

  private void told(CommittedEdits some) {
    engineThreads.add(engineThreads());
    if (failWhenTold) {
      failWhenTold = false;
      throw new OutOfMemoryError("Java heap space");
    }
    edited.add(some);
  }

  private Journaled journaled(String name, Observation... observations) {
    return new Journaled(
        observations.length,
        () -> List.of(observations),
        applied -> ends.add(name + " " + applied));
  }

  @Test
  void apply_whatTheDatabaseCannotTake_isToldOf_andHoldsUpNothingElse() throws Exception {
    Observation bad = Given.usage(Source.EVENT, null, "r1", "s1", 100, "1e20");
    writer.apply(journaled("before", SESSION));
    writer.apply(journaled("bad", bad));
    writer.apply(journaled("after", Given.session("s2", "bob@acme.example")));
    assertThat(writer.settle(60_000)).isTrue();
    assertThat(ends).containsExactlyInAnyOrder("before true", "bad false", "after true");
    assertThat(writer.changedFacts()).isEqualTo(2);
    assertThat(writer.failure()).isNull();
  }

  @Test
  void apply_whileMuchWaits_isDoneByOneThread() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    Future<Integer> blocking = blocked(goOn);
    for (String id : List.of("t1", "t2", "t3")) {
      Observation edit = Given.edit(id, "s1", "src/A.java", "int answer = 42;");
      writer.apply(new Journaled(Writer.LIMIT_GROUP, () -> List.of(edit), applied -> {}));
    }
    goOn.countDown();
    blocking.get();
    assertThat(writer.settle(60_000)).isTrue();
    assertThat(engineThreads).containsExactly(1, 1, 1);
    writer.change(tx -> 0); // when this is done, the one before is over
    assertThat(engineThreads()).as("nothing waits any more").isEqualTo(2);
  }

  @Test
  void oneThread_isForWhenNobodyAsks() throws Exception {
    List<Integer> meanwhile = new ArrayList<>();
    database.read(
        "SELECT 1",
        row -> {
          database.loaded(true);
          meanwhile.add(engineThreads());
        });
    assertThat(meanwhile).containsExactly(2);
    database.loaded(true);
    assertThat(engineThreads()).isEqualTo(1);
    database.read("SELECT 1", row -> database.loaded(false));
    assertThat(engineThreads()).as("that holds nobody up").isEqualTo(2);
  }

  @Test
  void aDatabaseThatIsCopied_isNotOpenedAfresh_andIsStillRead() throws Exception {
    try (Statement statement = database.writer().createStatement()) {
      statement.execute(
          "CREATE TABLE much AS SELECT range AS i, hash(range) AS h FROM range(4000000)");
    }
    database.writer().commit();
    Path copy = folder.resolve("copy.duckdb");
    Future<?> copying =
        threads.submit(
            () -> {
              database.copyTo(copy);
              return null;
            });
    while (!Files.exists(copy) && !copying.isDone()) {
      Thread.onSpinWait();
    }
    assertThatThrownBy(() -> database.reopen(0)).hasMessageContaining("while it is copied");
    assertThat(engineThreads()).as("who reads is answered meanwhile").isEqualTo(2);
    copying.get();
    database.reopen(0);
    assertThat(engineThreads()).isEqualTo(2);
  }

  private int engineThreads() {
    int[] threads = new int[1];
    database.read("SELECT current_setting('threads')", row -> threads[0] = row.integer());
    return threads[0];
  }

  @Test
  void change_thatFails_refusesNobodyElse() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    Future<Integer> blocking = blocked(goOn);
    writer.apply(journaled("good", SESSION));
    Future<Integer> bad =
        threads.submit(() -> writer.change(tx -> tx.execute("INSERT INTO nowhere VALUES (1)")));
    goOn.countDown();
    assertThat(blocking.get()).isZero();
    assertThatThrownBy(bad::get)
        .hasCauseInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("nowhere");
    assertThat(writer.settle(60_000)).isTrue();
    assertThat(ends).containsExactly("good true");
    assertThat(writer.changedFacts()).isOne();
    assertThat(writer.failure()).as("it was the request's own fault").isNull();
  }

  @Test
  void change_whoseRowsTheDatabaseRefuses_isRefused() throws Exception {
    writer.change(tx -> tx.execute("CREATE TABLE small (number INTEGER CHECK (number < 10))"));
    assertThatThrownBy(
            () ->
                writer.<Integer>change(
                    tx -> {
                      tx.append("small", row -> row.begin().integer(10).end());
                      return 0;
                    }))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("CHECK");
  }

  /** Where memory runs out for a moment, the one thread that writes must not be gone for good. */
  @Test
  void anError_endsNothing() throws Exception {
    assertThatThrownBy(
            () ->
                writer.<Integer>change(
                    tx -> {
                      throw new OutOfMemoryError("Java heap space");
                    }))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessage("nothing could be written: java.lang.OutOfMemoryError: Java heap space");
    AtomicInteger asked = new AtomicInteger();
    writer.apply(
        new Journaled(
            1,
            () -> {
              if (asked.incrementAndGet() == 1) {
                throw new OutOfMemoryError("Java heap space");
              }
              return List.of(SESSION);
            },
            applied -> ends.add("tried again " + applied)));
    assertThat(writer.settle(60_000)).isTrue();
    assertThat(ends).containsExactly("tried again true");
    assertThat(writer.changedFacts()).isOne();
    assertThat(writer.failure()).isNull();
  }

  /** What is stored is found nothing new in when it is tried again: the index must look itself. */
  @Test
  void anErrorAfterTheCommit_leavesTheIndexToReadTheFacts() throws Exception {
    failWhenTold = true;
    writer.apply(journaled("edit", Given.edit("t1", "s1", "src/A.java", "int one = 1;")));
    while (!writer.settle(60_000)) {
      Thread.sleep(50);
    }
    assertThat(ends).containsExactly("edit true");
    List<Long> stored = numbers("SELECT count(*), max(version) FROM edits");
    assertThat(stored.get(0)).isOne();
    assertThat(edited)
        .as("not those of an edit, but a word that there are some")
        .anySatisfy(
            told -> {
              assertThat(told.known()).isFalse();
              assertThat(numbers("SELECT value::BIGINT, 0 FROM meta WHERE name = 'version'"))
                  .as("or it could be given out again after a start")
                  .startsWith(told.version());
              assertThat(told.version()).isGreaterThan(stored.get(1));
            });
  }

  /** What it has lost is in the journal, and the next start applies it: it must not be gone on. */
  @Test
  void aDatabase_thatLostSomething_isNotOpenedAfresh_andNothingMoreIsWritten() throws Exception {
    writer.apply(journaled("before", SESSION));
    assertThat(writer.settle(60_000)).isTrue();
    writer.<Integer>change(
        tx -> {
          tx.query("PRAGMA disable_checkpoint_on_shutdown", row -> {}); // as an engine that broke
          return 0;
        });
    Files.move(directory.log(), folder.resolve("away"));
    failWhenTold = true;
    writer.apply(journaled("edit", Given.edit("t1", "s1", "src/A.java", "int one = 1;")));
    for (int i = 0; i < 600 && !String.valueOf(writer.failure()).contains("lost"); i++) {
      Thread.sleep(100); // it is tried again after a while
    }
    assertThat(writer.failure()).contains("has lost its end").contains("start again");
    assertThatThrownBy(() -> writer.change(tx -> 0)).hasMessageContaining("has lost its end");
    assertThat(ends).containsExactly("before true");
  }

  /** Versions go on after those that are lost; the database need not have them. */
  @Test
  void aCommitThatFails_afterALoss_isTriedAgain() throws Exception {
    writer.close();
    FactKinds kinds = new FactKinds(new Days(ZoneOffset.UTC));
    writer = Writers.open(database, committed, journal, kinds, 150, this::told);
    failWhenTold = true;
    writer.apply(journaled("edit", Given.edit("t1", "s1", "src/A.java", "int one = 1;")));
    for (int i = 0; i < 600 && !writer.settle(100); i++) {
      Thread.sleep(100); // while it has failed, it says so at once
    }
    assertThat(ends).containsExactly("edit true");
    assertThat(database.lastVersion()).isGreaterThan(150);
  }

  /** The first edit of a day says when the lines of that day expire. */
  @Test
  void daysFirstEdit_isNotedAlsoWhereItsTransactionIsTriedAgain() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    Future<Integer> blocking = blocked(goOn);
    writer.apply(journaled("edit", Given.edit("t1", "s1", "src/A.java", "int one = 1;")));
    FutureTask<Integer> failing = new FutureTask<>(() -> writer.change(tx -> tx.execute("no SQL")));
    Thread asking = new Thread(failing);
    asking.start();
    while (asking.getState() != Thread.State.WAITING) {
      Thread.onSpinWait(); // until both wait for the same transaction
    }
    goOn.countDown();
    assertThatThrownBy(failing::get).hasCauseInstanceOf(StoreUnavailableException.class);
    assertThat(blocking.get()).isZero();
    assertThat(writer.settle(60_000)).isTrue();
    assertThat(ends).containsExactly("edit true");
    assertThat(numbers("SELECT count(*), min(version) FROM received"))
        .isEqualTo(numbers("SELECT count(*), min(version) FROM edits"));
  }

  private List<Long> numbers(String sql) {
    List<Long> numbers = new ArrayList<>();
    database.read(
        sql,
        row -> {
          numbers.add(row.number());
          numbers.add(row.number());
        });
    return numbers;
  }

  @Test
  void change_afterClose_isRefused() {
    writer.close();
    assertThatThrownBy(() -> writer.change(tx -> 0))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void close_writesWhatWaits() {
    writer.apply(journaled("one", SESSION));
    writer.apply(journaled("two", SESSION));
    writer.close();
    assertThat(ends).containsExactly("one true", "two true");
  }

  /** Keeps the writer busy, so that what comes meanwhile comes into one transaction. */
  private Future<Integer> blocked(CountDownLatch goOn) throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    Future<Integer> blocking =
        threads.submit(
            () ->
                writer.change(
                    tx -> {
                      begun.countDown();
                      awaitUnchecked(goOn);
                      return 0;
                    }));
    begun.await();
    return blocking;
  }

  private static void awaitUnchecked(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
