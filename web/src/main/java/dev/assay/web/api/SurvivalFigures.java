package dev.assay.web.api;

import dev.assay.receiver.survival.Survivors;
import dev.assay.store.Reports;
import dev.assay.store.fact.Survival;
import dev.assay.store.report.Filter;
import dev.assay.store.report.SurvivalMonth;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How many lines of merged pull requests still stand. */
final class SurvivalFigures {
  private final Reports reports;
  private final Clock clock;

  SurvivalFigures(Reports reports, Clock clock) {
    this.reports = reports;
    this.clock = clock;
  }

  Route route() {
    return Route.json(
        "/api/v1/survival",
        "How many lines still stand, unchanged, by month of merge.",
        Route.FILTERS,
        ctx -> ctx.json(view(Parameters.of(ctx).filter())));
  }

  SurvivalView view(Filter filter) {
    Map<String, SurvivalView.Month> months = new LinkedHashMap<>();
    List<SurvivalView.Unknown> unknown = new ArrayList<>();
    for (SurvivalMonth row : reports.survival(filter, Survivors.DAYS)) {
      String name = row.month().toString();
      months
          .computeIfAbsent(
              name,
              month ->
                  new SurvivalView.Month(
                      month, row.pullRequests(), row.provisional() > 0, new ArrayList<>()))
          .horizons()
          .add(horizon(row));
      row.unknown()
          .forEach(
              (reason, count) ->
                  unknown.add(new SurvivalView.Unknown(name, row.days(), reason, count)));
    }
    return new SurvivalView(List.copyOf(months.values()), unknown);
  }

  private SurvivalView.Horizon horizon(SurvivalMonth row) {
    long given = row.unknown().values().stream().mapToLong(Long::longValue).sum();
    boolean passed = !clock.instant().isBefore(row.lastMerge().plus(Duration.ofDays(row.days())));
    boolean any = row.counted() > 0;
    return new SurvivalView.Horizon(
        row.days(),
        row.counted(),
        passed && row.counted() + given == row.pullRequests(),
        any ? count(row.claude()) : null,
        any ? count(row.other()) : null);
  }

  private static SurvivalView.Count count(Survival.Count count) {
    return new SurvivalView.Count(
        count.lines(), count.standing(), Rate.of(count.standing(), count.lines()));
  }
}
