package dev.assay.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.store.Store.Committed;
import dev.assay.store.StoreOptions;
import dev.assay.store.StoreUnavailableException;
import dev.assay.store.contract.Given;
import dev.assay.store.fact.Observation;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WriterTest {
  private static final Observation SESSION = Given.session("s1", "ann@acme.example");

  @TempDir Path folder;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private DataDirectory directory;
  private Database database;
  private Writer writer;

  @BeforeEach
  void open() throws StoreUnavailableException {
    directory = DataDirectory.take(folder);
    database = Database.open(directory, StoreOptions.in(folder));
    Days days = new Days(ZoneOffset.UTC);
    Retention retention = new Retention(120, days, InstantSource.system());
    writer =
        new Writer(
            database,
            new FactKinds(days),
            0,
            retention,
            new EditVersions(),
            new Sums(database, Map.of()),
            version -> {});
  }

  @AfterEach
  void close() {
    writer.close();
    database.close();
    directory.close();
    threads.shutdown();
  }

  @Test
  void commit_beyondWhatMayWait_isRefused() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
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
    Future<Committed> almostAll =
        threads.submit(() -> writer.commit(Collections.nCopies(Writer.LIMIT_WAITING - 1, SESSION)));
    awaitWaiting(Writer.LIMIT_WAITING - 1);
    Future<Committed> last = threads.submit(() -> writer.commit(List.of(SESSION)));
    awaitWaiting(Writer.LIMIT_WAITING);
    assertThatThrownBy(() -> writer.commit(List.of(SESSION)))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("busy")
        .extracting(e -> ((StoreUnavailableException) e).retryAfterMillis())
        .isEqualTo(1000L);
    goOn.countDown();
    assertThat(blocking.get()).isZero();
    assertThat(almostAll.get()).isEqualTo(new Committed(Writer.LIMIT_WAITING - 1, 1));
    assertThat(last.get()).isEqualTo(new Committed(1, 0));
    assertThat(writer.commit(List.of(SESSION))).isEqualTo(new Committed(1, 0));
  }

  private void awaitWaiting(long count) throws InterruptedException {
    while (writer.waiting() < count) {
      Thread.sleep(1);
    }
  }

  @Test
  void change_thatFails_refusesNobodyElse() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
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
    Future<Committed> good = threads.submit(() -> writer.commit(List.of(SESSION)));
    awaitWaiting(1);
    Future<Integer> bad =
        threads.submit(() -> writer.change(tx -> tx.execute("INSERT INTO nowhere VALUES (1)")));
    goOn.countDown();
    assertThat(blocking.get()).isZero();
    assertThat(good.get()).isEqualTo(new Committed(1, 1));
    assertThatThrownBy(bad::get)
        .hasCauseInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("nowhere");
    assertThat(writer.commit(List.of(SESSION)).changed()).isZero();
    assertThat(writer.failure()).isNull();
  }

  @Test
  void commit_afterClose_isRefused() {
    writer.close();
    assertThatThrownBy(() -> writer.commit(List.of(SESSION)))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("closed");
  }

  private static void awaitUnchecked(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
