package dev.assay.store.embedded;

import dev.assay.store.join.Join;
import dev.assay.store.report.Coverage;
import java.util.ArrayList;
import java.util.List;

/** How complete the data is. */
final class FactCoverageReport {
  private FactCoverageReport() {}

  static Coverage of(Database database) {
    List<Coverage.Exporter> exporters = new ArrayList<>();
    database.read(
        """
        SELECT service_name, instance_id, client_version, host, last_micros, skew_millis
        FROM exporters ORDER BY last_micros DESC, key
        """,
        row ->
            exporters.add(
                new Coverage.Exporter(
                    row.text(),
                    row.text(),
                    row.textOrNull(),
                    row.textOrNull(),
                    Join.instant(row.number()),
                    row.number())));
    Coverage[] coverage = new Coverage[1];
    database.read(
        """
        WITH working AS (
          SELECT session_id FROM fact_active WHERE session_id IS NOT NULL GROUP BY session_id)
        SELECT
          (SELECT count(*) FROM working),
          (SELECT count(*) FROM working WHERE session_id NOT IN (
            SELECT session_id FROM fact_edits WHERE has_lines)),
          (SELECT count(*) FROM fact_edits),
          (SELECT count(*) FROM fact_edits WHERE len(repositories) = 0),
          (SELECT count(*) FROM fact_edits WHERE partial OR NOT has_lines),
          (SELECT count(*) FROM working LEFT JOIN people USING (session_id) WHERE user_name IS NULL)
        """,
        row ->
            coverage[0] =
                new Coverage(
                    exporters,
                    row.number(),
                    row.number(),
                    row.number(),
                    row.number(),
                    row.number(),
                    row.number()));
    return coverage[0];
  }
}
