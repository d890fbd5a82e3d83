package dev.assay.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a reader keeps never shows in an answer. */
final class ReaderTest {
  private Reader reader;

  @BeforeEach
  void connect() throws SQLException {
    reader = new Reader((DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:"));
  }

  @AfterEach
  void close() throws SQLException {
    reader.close();
  }

  private List<Long> ask(String sql, Object... parameters) throws SQLException {
    List<Long> answer = new ArrayList<>();
    reader.read(sql, row -> answer.add(row.number()), parameters);
    return answer;
  }

  @Test
  void aStatement_answersItsLastParameters() throws SQLException {
    String sql = "SELECT unnest(?::BIGINT[]) + ?";
    assertThat(ask(sql, new long[] {1, 2}, 10)).containsExactly(11L, 12L);
    assertThat(ask(sql, new long[] {}, 10)).isEmpty();
    assertThat(ask(sql, new long[] {7}, 20)).containsExactly(27L);
    assertThat(reader.statements()).isEqualTo(1);
  }

  @Test
  void aStatement_seesTablesAsTheyAreNow() throws SQLException {
    try (var statement = reader.connection().createStatement()) {
      statement.execute("CREATE TABLE facts AS SELECT 1 AS n");
      assertThat(ask("SELECT n FROM facts")).containsExactly(1L);
      statement.execute("DROP TABLE facts");
      statement.execute("CREATE TABLE facts AS SELECT 'two' AS other, 2 AS n");
      assertThat(ask("SELECT n FROM facts")).containsExactly(2L);
    }
  }

  @Test
  void aStatement_seesWhatOthersHaveWrittenSince_whateverItsPlanKnewBefore() throws SQLException {
    List<String> questions =
        List.of(
            "SELECT count(*) FROM facts WHERE n IS NOT NULL",
            "SELECT count(*) FROM facts WHERE n > 100",
            "SELECT count(*) FROM facts WHERE name = 'late'");
    try (var other = reader.connection().duplicate();
        var statement = other.createStatement()) {
      statement.execute("CREATE TABLE facts AS SELECT 1 AS n, 'early' AS name");
      for (long added = 0; added < 3; added++) {
        assertThat(ask(questions.get(0))).containsExactly(1 + added);
        assertThat(ask(questions.get(1))).containsExactly(added);
        assertThat(ask(questions.get(2))).containsExactly(2 * added);
        statement.execute("INSERT INTO facts VALUES (NULL, 'late'), (1000, 'late')");
        if (added == 1) {
          statement.execute("CHECKPOINT");
        }
      }
    }
  }

  @Test
  void aStatementThatIsAskedOnce_isNotKept() throws SQLException {
    List<Long> answer = new ArrayList<>();
    reader.readOnce("SELECT 1", row -> answer.add(row.number()));
    assertThat(answer).containsExactly(1L);
    assertThat(reader.statements()).isZero();
  }

  @Test
  void moreStatementsThanTheLimit_theEldestGoes() throws SQLException {
    for (int i = 0; i < Reader.LIMIT_STATEMENTS; i++) {
      ask("SELECT " + i);
    }
    assertThat(reader.statements()).isEqualTo(Reader.LIMIT_STATEMENTS);
    assertThat(ask("SELECT 1000")).containsExactly(1000L);
    assertThat(reader.statements()).isEqualTo(Reader.LIMIT_STATEMENTS);
    assertThat(ask("SELECT 0")).containsExactly(0L);
  }

  @Test
  void aStatementThatFails_isPreparedAfresh() throws SQLException {
    String sql = "SELECT 10 // ?::VARCHAR::INTEGER";
    assertThatThrownBy(() -> ask(sql, "none")).isInstanceOf(SQLException.class);
    assertThat(reader.statements()).isZero();
    assertThat(ask(sql, "5")).containsExactly(2L);
  }
}
