package dev.assay.store.embedded;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the sums of which the figures are made. Each commit notes which sessions it touched, in its
 * own transaction; before a figure is read, the sums of those sessions, and of the days that they
 * have a part in, are made anew from the facts, in another. So a figure never differs from what the
 * facts say, a crash loses nothing, and a writer of facts waits for no sum.
 *
 * <p>Sums of another version, or made with other aliases, are thrown away and made anew.
 */
final class Sums {
  /** Of the statements that make the sums: raise it with each change of what they say. */
  static final int VERSION = 2;

  /**
   * Sums that nobody asks for wait this many times what the last ones took: a session that goes on
   * all day is summed from its first fact each time.
   */
  private static final long AHEAD_PAUSE = 50;

  private static final Logger log = LoggerFactory.getLogger(Sums.class);
  private static final List<String> REFRESH = Sql.resource("sums-refresh.sql");
  private static final List<String> REBUILD = Sql.resource("sums-rebuild.sql");

  private final Database database;
  private final String made;
  private final LongSupplier nanos;

  /** Grows when something was touched. */
  private final AtomicLong touched = new AtomicLong(1);

  /** What {@link #touched} was when the sums were last brought up to date. */
  private long fresh;

  private long refreshedNanos;
  private long tookNanos;

  /**
   * @param aliases that the sums are made with
   */
  Sums(Database database, Map<String, Set<String>> aliases) {
    this(database, aliases, System::nanoTime);
  }

  /**
   * @param nanos of a clock that only goes on
   */
  Sums(Database database, Map<String, Set<String>> aliases, LongSupplier nanos) {
    this.database = database;
    this.made = VERSION + " " + canonical(aliases);
    this.nanos = nanos;
  }

  private static String canonical(Map<String, Set<String>> aliases) {
    TreeMap<String, TreeSet<String>> sorted = new TreeMap<>();
    aliases.forEach((person, names) -> sorted.put(person, new TreeSet<>(names)));
    return sorted.toString();
  }

  /**
   * Whether sums lie in tables of this version's shape.
   *
   * @param made what {@code meta} says they were made with
   */
  static boolean ofThisVersion(String made) {
    return made.startsWith(VERSION + " ");
  }

  /** A commit has touched something. */
  void touched() {
    touched.incrementAndGet();
  }

  /** As {@link #refresh}, while nobody asks: so that the next who does waits less. */
  synchronized void refreshAhead() {
    if (tookNanos == 0 || nanos.getAsLong() - refreshedNanos >= AHEAD_PAUSE * tookNanos) {
      refresh();
    }
  }

  /** Brings the sums up to date with all commits that were acknowledged before. */
  synchronized void refresh() {
    long now = touched.get();
    if (now == fresh) {
      return;
    }
    long began = nanos.getAsLong();
    try {
      database.update(this::refresh);
      fresh = now;
      refreshedNanos = nanos.getAsLong();
      tookNanos = refreshedNanos - began;
    } catch (SQLException e) {
      // A full disk, most likely: what is known is still worth showing, and the health tells.
      log.warn("The figures lack what came last: {}", Database.firstLine(e));
    }
  }

  private void refresh(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (!made.equals(madeBefore(statement))) {
        for (String sql : REBUILD) {
          statement.execute(sql);
        }
        statement.execute("DELETE FROM meta WHERE name = 'sums'");
        try (PreparedStatement insert =
            connection.prepareStatement("INSERT INTO meta VALUES ('sums', ?)")) {
          insert.setString(1, made);
          insert.execute();
        }
      }
      try (var rows = statement.executeQuery("SELECT count(*) FROM touched")) {
        if (!rows.next() || rows.getLong(1) == 0) {
          return;
        }
      }
      for (String sql : REFRESH) {
        statement.execute(sql);
      }
    }
  }

  private static String madeBefore(Statement statement) throws SQLException {
    try (var rows = statement.executeQuery("SELECT value FROM meta WHERE name = 'sums'")) {
      return rows.next() ? rows.getString(1) : "";
    }
  }
}
