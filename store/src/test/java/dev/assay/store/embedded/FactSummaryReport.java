package dev.assay.store.embedded;

import dev.assay.store.report.Filter;
import dev.assay.store.report.Summary;
import dev.assay.store.report.Tokens;
import java.math.BigDecimal;

/** The summary: four questions, one for each kind of fact that it counts. */
final class FactSummaryReport {
  private FactSummaryReport() {}

  static Summary of(Database database, Filter filter) {
    long[] changes = new long[5];
    Where ofChanges = Where.ofChanges(filter).and("number IS NOT NULL");
    database.read(
        """
        SELECT count(*), count(*) FILTER (WHERE decided AND tagged), count(*) FILTER (WHERE NOT decided),
          coalesce(sum(lines) FILTER (WHERE decided), 0)::BIGINT,
          coalesce(sum(lines_with) FILTER (WHERE decided), 0)::BIGINT
        FROM (SELECT *, coalesce(state <> 'UNDECIDED', false) AS decided
          FROM change_people)
        """
            + ofChanges.sql(),
        row -> fill(changes, row),
        ofChanges.parameters());

    long[] decisions = new long[4];
    Where ofSessions = FactWhere.ofSessions(filter);
    database.read(
        """
        SELECT coalesce(sum(n) FILTER (WHERE accepted), 0)::BIGINT,
          coalesce(sum(n) FILTER (WHERE NOT accepted), 0)::BIGINT,
          coalesce(sum(n) FILTER (WHERE accepted AND by_user), 0)::BIGINT,
          coalesce(sum(n) FILTER (WHERE NOT accepted AND by_user), 0)::BIGINT
        FROM fact_decided
        """
            + ofSessions.sql(),
        row -> fill(decisions, row),
        ofSessions.parameters());

    long[] lines = new long[2];
    Where ofEdits = FactWhere.ofEdits(filter);
    database.read(
        """
        SELECT coalesce(sum(added), 0)::BIGINT,
          coalesce(sum(added) FILTER (WHERE estimated), 0)::BIGINT
        FROM fact_edited
        """
            + ofEdits.sql(),
        row -> fill(lines, row),
        ofEdits.parameters());

    long[] active = new long[2];
    database.read(
        "SELECT count(DISTINCT user_name),"
            + " (count(DISTINCT session_id) + coalesce(sum(unnamed), 0))::BIGINT FROM fact_active"
            + ofSessions.sql(),
        row -> fill(active, row),
        ofSessions.parameters());

    long[] tokens = new long[4];
    BigDecimal[] usd = new BigDecimal[1];
    database.read(
        """
        SELECT coalesce(sum(input), 0)::BIGINT, coalesce(sum(output), 0)::BIGINT,
          coalesce(sum(cache_read), 0)::BIGINT, coalesce(sum(cache_creation), 0)::BIGINT,
          coalesce(sum(usd), 0)
        FROM fact_spent
        """
            + ofSessions.sql(),
        row -> {
          fill(tokens, row);
          usd[0] = Money.of(row);
        },
        ofSessions.parameters());

    return new Summary(
        changes[0],
        changes[1],
        changes[2],
        changes[3],
        changes[4],
        decisions[0],
        decisions[1],
        decisions[2],
        decisions[3],
        lines[0],
        lines[1],
        active[0],
        active[1],
        usd[0],
        new Tokens(tokens[0], tokens[1], tokens[2], tokens[3]));
  }

  private static void fill(long[] numbers, RowIn row) throws java.sql.SQLException {
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = row.number();
    }
  }
}
