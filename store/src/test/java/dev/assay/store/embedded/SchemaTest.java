package dev.assay.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.store.Store;
import dev.assay.store.StoreOptions;
import dev.assay.store.StoreUnavailableException;
import dev.assay.store.Stores;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Data directories that older schemas wrote, as {@code testdata/stores} keeps them. */
final class SchemaTest {
  private static final List<String> PATHS = List.of("src/A1.java", "src/A2.java", "A3.java");
  private static final List<String> LINES = List.of("a common line of all", "int line5 = 5;");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void anOlderDataDirectory_isBroughtToThisSchema_andSaysWhatANewOneSays(int schema)
      throws Exception {
    Path older = kept(schema);
    try (Store fresh = Stores.open(StoreOptions.in(folder.resolve("fresh")));
        Store migrated = Stores.open(StoreOptions.in(older))) {
      assertThat(editsOfTheFileAlone(older)).isEqualTo(SchemaSample.EDITS + 2);
      SchemaSample.older(fresh);
      SchemaSample.newer(fresh);
      assertThat(Said.ofEdits(migrated, PATHS, LINES)).isEqualTo(Said.ofEdits(fresh, PATHS, LINES));
      assertThat(Said.ofReports(migrated)).isEqualTo(Said.ofReports(fresh));
      Path killed = copy(older);
      try (Store replayed = Stores.open(StoreOptions.in(killed))) {
        assertThat(Said.ofEdits(replayed, PATHS, LINES))
            .as("after a kill")
            .isEqualTo(Said.ofEdits(fresh, PATHS, LINES));
        assertThat(Said.ofReports(replayed)).isEqualTo(Said.ofReports(fresh));
      }
      SchemaSample.older(migrated);
      assertThat(Said.ofReports(migrated)).as("the same again").isEqualTo(Said.ofReports(fresh));
    }
    try (Store again = Stores.open(StoreOptions.in(older))) {
      assertThat(again.health().ready()).isTrue();
    }
  }

  /** What an older version left in its log is taken in at once: the journal has nothing of it. */
  private long editsOfTheFileAlone(Path data) throws Exception {
    Path alone = Files.createDirectory(folder.resolve("alone"));
    Files.copy(data.resolve("facts.duckdb"), alone.resolve("facts.duckdb"));
    long[] edits = new long[1];
    try (DataDirectory directory = DataDirectory.take(alone);
        Database database = Database.open(directory, StoreOptions.in(alone))) {
      database.read("SELECT count(*) FROM edits", row -> edits[0] = row.number());
    }
    return edits[0];
  }

  /** The files as they are while the store is open: what a kill would leave. */
  private Path copy(Path data) throws Exception {
    Path killed = folder.resolve("killed");
    Files.createDirectories(killed);
    for (String file : List.of("facts.duckdb", "facts.duckdb.wal")) {
      if (Files.exists(data.resolve(file))) { // what the older version left is taken in at once
        Files.copy(data.resolve(file), killed.resolve(file));
      }
    }
    return killed;
  }

  /** A data directory that the schema wrote. */
  private Path kept(int schema) throws Exception {
    Path older = folder.resolve("older");
    Files.createDirectories(older);
    for (String file : List.of("facts.duckdb", "facts.duckdb.wal")) {
      Path kept =
          Path.of(System.getProperty("assay.testdata"), "stores", "schema-" + schema, file + ".gz");
      try (InputStream in = new GZIPInputStream(Files.newInputStream(kept))) {
        Files.copy(in, older.resolve(file));
      }
    }
    return older;
  }

  @Test
  void whatCannotBeBroughtToThisSchema_isRefused_andStaysAtItsOwn() throws Exception {
    Path older = kept(3);
    String url = "jdbc:duckdb:" + older.resolve("facts.duckdb");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER TABLE edit_lines RENAME COLUMN tool_use_id TO lost");
    }
    assertThatThrownBy(() -> Stores.open(StoreOptions.in(older)))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("could not be brought from schema 3 to 4, and stays at the first");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet schema = statement.executeQuery("SELECT value FROM meta WHERE name = 'schema'")) {
      assertThat(schema.next()).isTrue();
      assertThat(schema.getString(1)).isEqualTo("3");
    }
  }
}
