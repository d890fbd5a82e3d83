package dev.assay.store.embedded;

import dev.assay.store.report.Filter;
import dev.assay.store.report.Summary;
import dev.assay.store.report.Tokens;
import java.math.BigDecimal;

/** The summary: a question to the changes, and one to each kind of sum. */
final class SummaryReport {
  private SummaryReport() {}

  static Summary of(Database database, Filter filter) {
    long[] changes = new long[5];
    Where ofChanges = Where.ofChanges(filter).and("number IS NOT NULL");
    database.read(
        """
        SELECT count(*), count(*) FILTER (WHERE decided AND tagged), count(*) FILTER (WHERE NOT decided),
          coalesce(sum(lines) FILTER (WHERE decided), 0)::BIGINT,
          coalesce(sum(lines_with) FILTER (WHERE decided), 0)::BIGINT
        FROM (SELECT *, coalesce(state <> 'UNDECIDED', false) AS decided
          FROM\s"""
            + Where.changes(filter)
            + ")"
            + ofChanges.sql(),
        row -> fill(changes, row),
        ofChanges.parameters());

    long[] decisions = new long[4];
    Range tools =
        Range.of(filter, "work_tools", "accepted, rejected, accepted_by_user, rejected_by_user");
    database.read(
        """
        SELECT coalesce(sum(accepted), 0)::BIGINT, coalesce(sum(rejected), 0)::BIGINT,
          coalesce(sum(accepted_by_user), 0)::BIGINT, coalesce(sum(rejected_by_user), 0)::BIGINT
        FROM\s"""
            + tools.from(),
        row -> fill(decisions, row),
        tools.parameters());

    Where repeats = Where.ofRepeats(filter);
    Range active =
        Range.of(filter, "work", "user_name, last_micros, sessions, unnamed, added, estimated");
    long[] work = new long[4];
    database.read(
        """
        SELECT coalesce(sum(added), 0)::BIGINT, coalesce(sum(estimated), 0)::BIGINT,
          count(DISTINCT user_name) FILTER (WHERE last_micros IS NOT NULL),
          coalesce(sum(sessions) + sum(unnamed), 0)::BIGINT - (SELECT count(*) FROM work_again
        """
            + repeats.sql()
            + ") FROM "
            + active.from(),
        row -> fill(work, row),
        repeats.and(active.where()).parameters());

    Range models =
        Range.of(filter, "work_models", "input, output, cache_read, cache_creation, usd");
    long[] tokens = new long[4];
    BigDecimal[] usd = new BigDecimal[1];
    database.read(
        """
        SELECT coalesce(sum(input), 0)::BIGINT, coalesce(sum(output), 0)::BIGINT,
          coalesce(sum(cache_read), 0)::BIGINT, coalesce(sum(cache_creation), 0)::BIGINT,
          coalesce(sum(usd), 0)
        FROM\s"""
            + models.from(),
        row -> {
          fill(tokens, row);
          usd[0] = Money.of(row);
        },
        models.parameters());

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
        work[0],
        work[1],
        work[2],
        work[3],
        usd[0],
        new Tokens(tokens[0], tokens[1], tokens[2], tokens[3]));
  }

  private static void fill(long[] numbers, RowIn row) throws java.sql.SQLException {
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = row.number();
    }
  }
}
