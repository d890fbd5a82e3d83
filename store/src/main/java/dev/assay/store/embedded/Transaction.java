package dev.assay.store.embedded;

import dev.assay.store.join.EditJoin;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** One transaction of the writer, on its own connection. */
final class Transaction {
  private final DuckDBConnection connection;
  private final long version;
  private final List<Edited> edits = new ArrayList<>();
  private final List<EditJoin> written = new ArrayList<>();
  private final Set<Long> movedFrom = new HashSet<>();
  private final List<Runnable> afterCommit = new ArrayList<>();
  private final Set<Touched> touched = new LinkedHashSet<>();
  private @Nullable Touched lastTouched;
  private boolean touchedElsewhere;

  private Transaction(DuckDBConnection connection, long version) {
    this.connection = connection;
    this.version = version;
  }

  /**
   * Begins one. The driver does so with the first statement, but not with an appender: rows that
   * were appended before any statement would be committed each table by itself, and a disk that
   * refuses them would not be heard of.
   */
  static Transaction begin(DuckDBConnection connection, long version) throws SQLException {
    Transaction begun = new Transaction(connection, version);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT 1");
    }
    return begun;
  }

  /** Has something done when, and only if, this is committed; in the order of the calls. */
  void afterCommit(Runnable step) {
    afterCommit.add(step);
  }

  /** It is committed. */
  void committed() {
    afterCommit.forEach(Runnable::run);
  }

  /** Notes that an edit of these repositories is new or different, or was there before. */
  void edited(List<String> repositories, @Nullable String path, long timeMicros) {
    edits.add(new Edited(repositories, path, timeMicros));
  }

  /** Notes edits as they are now. */
  void written(Collection<EditJoin> facts) {
    written.addAll(facts);
  }

  /** Notes that an edit may have left this window of the line index. */
  void moved(long window) {
    movedFrom.add(window);
  }

  /** The edits that were written. */
  CommittedEdits edits() {
    return new CommittedEdits(version, written, movedFrom);
  }

  /** What was noted. */
  List<Edited> edited() {
    return edits;
  }

  /** Notes that the sums of this session are to be made anew, and what it has on this day. */
  void touch(String sessionId, int day) {
    Touched now = new Touched(sessionId, null, day);
    if (!now.equals(lastTouched)) { // facts of one session come together
      touched.add(now);
      lastTouched = now;
    }
  }

  /** The same of counters that name no session. */
  void touchNameless(@Nullable String userName, int day) {
    touched.add(new Touched(null, userName == null ? "" : userName, day));
  }

  /** Rows were added to {@code touched} by a statement. */
  void touched() {
    touchedElsewhere = true;
  }

  /** Writes down what was touched, before the transaction ends; whether anything was. */
  boolean writeTouched() throws SQLException {
    if (!touched.isEmpty()) {
      append(
          "touched",
          row -> {
            for (Touched each : touched) {
              row.begin().text(each.sessionId).text(each.userName).integer(each.day).end();
            }
          });
    }
    return touchedElsewhere || !touched.isEmpty();
  }

  private record Touched(@Nullable String sessionId, @Nullable String userName, int day) {}

  /** Where and when an edit was made. */
  record Edited(List<String> repositories, @Nullable String path, long timeMicros) {}

  /** Grows with each transaction; marks what changed in it. */
  long version() {
    return version;
  }

  /** Notes its version, which none of its rows need have: it must not be given out again. */
  void keepVersion() throws SQLException {
    execute("DELETE FROM meta WHERE name = 'version'");
    execute("INSERT INTO meta VALUES ('version', ?)", Long.toString(version));
  }

  /** Replaces the content of the temporary table {@code keys}. */
  void keys(Collection<String> keys) throws SQLException {
    execute("DELETE FROM keys");
    try (DuckDBAppender appender = connection.createAppender("temp", "main", "keys")) {
      for (String key : keys) {
        appender.beginRow().append(key).endRow();
      }
      appender.flush();
    }
  }

  /**
   * Adds rows to a table. They are flushed here: closing an appender flushes too, but says nothing
   * of a failure, and the commit after it undoes the whole transaction and succeeds.
   */
  void append(String table, Filling filling) throws SQLException {
    try (DuckDBAppender appender = connection.createAppender(table)) {
      filling.fill(new RowOut(appender));
      appender.flush();
    }
  }

  int execute(String sql, @Nullable Object... parameters) throws SQLException {
    if (parameters.length == 0) {
      try (Statement statement = connection.createStatement()) {
        return statement.executeUpdate(sql);
      }
    }
    try (PreparedStatement statement = Sql.prepare(connection, sql, parameters)) {
      return statement.executeUpdate();
    }
  }

  void query(String sql, Sql.Row each, Object... parameters) throws SQLException {
    try (PreparedStatement statement = Sql.prepare(connection, sql, parameters);
        ResultSet rows = statement.executeQuery()) {
      Sql.forEach(rows, each);
    }
  }

  /** Writes rows. */
  interface Filling {
    void fill(RowOut row) throws SQLException;
  }
}
