package dev.assay.web.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Looks for texts, in any case, wherever the program may have left them. */
final class Search {
  private final List<String> texts;

  Search(Collection<String> texts) {
    this.texts = texts.stream().map(text -> text.toLowerCase(Locale.ROOT)).toList();
  }

  /** The files below a folder that have one of them. */
  Set<String> files(Path folder) throws IOException {
    Set<String> found = new TreeSet<>();
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    assertThat(files).isNotEmpty();
    for (Path file : files) {
      try {
        if (has(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))) {
          found.add(file.toString());
        }
      } catch (NoSuchFileException gone) {
        // a temporary file of the running program
      }
    }
    return found;
  }

  /** Whether one of them stands there. */
  boolean has(String content) {
    String lower = content.toLowerCase(Locale.ROOT);
    return texts.stream().anyMatch(lower::contains);
  }

  /** The columns that have one of them: the database compresses what it writes. */
  Set<String> database(Path data) throws SQLException {
    Set<String> found = new TreeSet<>();
    int values = 0;
    String url = "jdbc:duckdb:" + data.resolve("facts.duckdb");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      List<String> tables = new ArrayList<>();
      try (ResultSet names = statement.executeQuery("SELECT table_name FROM duckdb_tables()")) {
        while (names.next()) {
          tables.add(names.getString(1));
        }
      }
      for (String table : tables) {
        try (ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
          int columns = rows.getMetaData().getColumnCount();
          while (rows.next()) {
            for (int i = 1; i <= columns; i++) {
              boolean blob = rows.getMetaData().getColumnTypeName(i).equals("BLOB");
              byte[] bytes = blob ? rows.getBytes(i) : null;
              String text =
                  bytes == null
                      ? String.valueOf(rows.getObject(i))
                      : new String(bytes, StandardCharsets.ISO_8859_1);
              values++;
              if (has(text)) {
                found.add(table + "." + rows.getMetaData().getColumnName(i));
              }
            }
          }
        }
      }
    }
    assertThat(values).as("values looked at").isGreaterThan(100);
    return found;
  }
}
