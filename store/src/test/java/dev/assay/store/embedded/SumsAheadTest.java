package dev.assay.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.store.StoreOptions;
import dev.assay.store.StoreUnavailableException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sums that nobody asks for take their part of a core, and no more. */
class SumsAheadTest {
  @TempDir Path folder;
  private final AtomicLong now = new AtomicLong();
  private long tick = TimeUnit.SECONDS.toNanos(2);
  private DataDirectory directory;
  private Database database;
  private Sums sums;

  @BeforeEach
  void open() throws StoreUnavailableException {
    directory = DataDirectory.take(folder);
    database = Database.open(directory, StoreOptions.in(folder));
    sums = new Sums(database, Map.of(), () -> now.addAndGet(tick));
  }

  @AfterEach
  void close() {
    database.close();
    directory.close();
  }

  @Test
  void refreshAhead_waitsFiftyTimesWhatTheLastOneTook_refreshDoesNot() throws SQLException {
    touch();
    sums.refreshAhead();
    assertThat(left()).as("the first").isZero();

    touch();
    tick = 0;
    now.addAndGet(TimeUnit.SECONDS.toNanos(99));
    sums.refreshAhead();
    assertThat(left()).as("99 s after one that took 2 s").isOne();
    sums.refresh();
    assertThat(left()).as("somebody asks").isZero();

    touch();
    sums.refreshAhead();
    assertThat(left()).as("the last one took no time").isZero();
  }

  @Test
  void refreshAhead_afterThePause_refreshes() throws SQLException {
    touch();
    sums.refreshAhead();

    touch();
    tick = 0;
    now.addAndGet(TimeUnit.SECONDS.toNanos(100));
    sums.refreshAhead();
    assertThat(left()).isZero();
  }

  private void touch() throws SQLException {
    database.update(
        connection -> {
          try (var statement = connection.createStatement()) {
            statement.execute("INSERT INTO touched (session_id, day) VALUES ('s1', 1)");
          }
        });
    sums.touched();
  }

  private long left() {
    long[] rows = new long[1];
    database.read("SELECT count(*) FROM touched", row -> rows[0] = row.number());
    return rows[0];
  }
}
