package dev.assay.store.embedded;

import dev.assay.store.join.Join;
import dev.assay.store.report.Coverage;
import java.util.ArrayList;
import java.util.List;

/** How complete the data is. */
final class CoverageReport {
  private CoverageReport() {}

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
        SELECT (sum(sessions) - (SELECT count(*) FROM work_again WHERE repository = ''))::BIGINT,
          sum(bare)::BIGINT, sum(edits)::BIGINT, sum(unplaced)::BIGINT, sum(lineless)::BIGINT,
          (coalesce(sum(sessions) FILTER (WHERE user_name IS NULL), 0)
            - (SELECT count(*) FROM work_again WHERE repository = '' AND user_name IS NULL))::BIGINT
        FROM work_months WHERE repository = ''
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
