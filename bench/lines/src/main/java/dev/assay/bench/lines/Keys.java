package dev.assay.bench.lines;

import dev.assay.store.embedded.SetOfKeys;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How what is new is best told from what is stored: a key in DuckDB (an index), a question to
 * DuckDB without one (a scan), a set of hashes, a map of keys. In processor time of this process,
 * so that who else is busy does not count.
 */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Measures how duplicates are best recognised.")
final class Keys implements Callable<Integer> {
  @Option(names = "--keys", description = "that are stored (default ${DEFAULT-VALUE})")
  private int keys = 2_000_000;

  @Option(names = "--batch", description = "new keys of a commit (default ${DEFAULT-VALUE})")
  private int batch = 4_000;

  @Option(names = "--batches", description = "that are measured (default ${DEFAULT-VALUE})")
  private int batches = 50;

  private static String key(long number) {
    return "toolu_01" + Long.toString(Numbers.mix(number) >>> 1, 36);
  }

  private interface Work {
    void run() throws SQLException;
  }

  private static double micros(long count, Work work) throws SQLException {
    var process =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long before = process.getProcessCpuTime();
    work.run();
    return (process.getProcessCpuTime() - before) / 1e3 / count;
  }

  private void say(String what, double micros) {
    System.out.printf(Locale.ROOT, "| %s | %.2f |%n", what, micros);
  }

  @Override
  public Integer call() throws Exception {
    System.out.printf(
        Locale.ROOT,
        "%,d keys stored, then %d times %,d new ones%n%n| | us of processor time a key |%n"
            + "| --- | ---: |%n",
        keys,
        batches,
        batch);
    long asked = (long) batch * batches;
    SetOfKeys set = new SetOfKeys();
    say("set of hashes (the store's own): learn", micros(keys, () -> each(0, keys, set::add)));
    say(
        "set of hashes: is it new?",
        micros(asked, () -> each(keys, keys + asked, key -> checkNew(!set.mayHold(key)))));
    Map<String, Boolean> map = new HashMap<>();
    say("map of keys: learn", micros(keys, () -> each(0, keys, key -> map.put(key, true))));
    say(
        "map of keys: is it new?",
        micros(asked, () -> each(keys, keys + asked, key -> checkNew(!map.containsKey(key)))));
    map.clear();
    inDuckDb("", "no index, asked by a scan");
    inDuckDb(" PRIMARY KEY", "a primary key (ART)");
    return 0;
  }

  private interface Each {
    void take(String key);
  }

  private static void each(long from, long to, Each each) {
    for (long number = from; number < to; number++) {
      each.take(key(number));
    }
  }

  private static void checkNew(boolean isNew) {
    if (!isNew) {
      throw new IllegalStateException("a new key is called old");
    }
  }

  private void inDuckDb(String constraint, String name) throws Exception {
    Path folder = Files.createTempDirectory("assay-keys-");
    try (DuckDBConnection db =
            (DuckDBConnection)
                DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("keys.duckdb"));
        Statement statement = db.createStatement()) {
      statement.execute("SET memory_limit = '512MiB'");
      statement.execute("CREATE TABLE facts (key VARCHAR" + constraint + ", value BIGINT)");
      statement.execute("CREATE TEMP TABLE asked (key VARCHAR)");
      db.setAutoCommit(false);
      say(
          "DuckDB, " + name + ": append and commit",
          micros(
              keys,
              () -> {
                for (long from = 0; from < keys; from += batch) {
                  append(db, "facts", from, Math.min(keys, from + batch));
                  db.commit();
                }
              }));
      say(
          "DuckDB, " + name + ": which are new?",
          micros(
              (long) batch * batches,
              () -> {
                for (int i = 0; i < batches; i++) {
                  statement.execute("DELETE FROM asked");
                  append(db, "asked", keys + (long) i * batch, keys + (i + 1L) * batch);
                  checkNew(count(db) == 0);
                  db.commit();
                }
              }));
      db.rollback();
    } finally {
      try (var files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }

  private static long count(Connection db) throws SQLException {
    try (Statement statement = db.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT count(*) FROM facts JOIN asked USING (key)")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static void append(DuckDBConnection db, String table, long from, long to)
      throws SQLException {
    try (DuckDBAppender appender = db.createAppender(table)) {
      for (long number = from; number < to; number++) {
        appender.beginRow();
        appender.append(key(number));
        if (table.equals("facts")) {
          appender.append(number);
        }
        appender.endRow();
      }
    }
  }
}
