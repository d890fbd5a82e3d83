package dev.assay.web.api;

import dev.assay.store.Reports;
import dev.assay.store.report.Filter;
import dev.assay.web.api.SurvivalView.Count;
import io.javalin.http.HandlerType;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The downloads: all users, written row by row as the store gives them. */
final class Exports {
  static final String CONTENT_TYPE = "text/csv; charset=utf-8; header=present";

  private final Reports reports;
  private final SurvivalFigures survival;

  Exports(Reports reports, SurvivalFigures survival) {
    this.reports = reports;
    this.survival = survival;
  }

  List<Route> routes() {
    return List.of(
        route("contributions", "Each user's contributions.", this::contributions),
        route("spend", "Each user's tokens and estimated spend, by model.", this::spend),
        route("lines", "The verdict on each added line.", this::lines),
        route("survival", "How many lines still stand, by month of merge.", this::survival),
        jsonLines("lines", "The same, a JSON object for each line.", this::lineObjects),
        jsonLines(
            "agent-trace",
            "An Agent Trace record for each change with lines of Claude Code.",
            this::traces));
  }

  private void contributions(Filter filter, Csv csv) {
    csv.row(
        "user",
        "pull_requests",
        "pull_requests_with_claude_code",
        "undecided",
        "lines",
        "lines_with_claude_code",
        "lines_accepted",
        "accepted",
        "rejected",
        "accept_rate",
        "sessions");
    reports.contributions(
        filter,
        row -> {
          Judged judged = new Judged(row.pullRequests(), row.undecided());
          csv.row(
              row.user(),
              row.pullRequests(),
              judged.sum(row.pullRequestsWithClaudeCode()),
              row.undecided(),
              judged.sum(row.lines()),
              judged.sum(row.linesWithClaudeCode()),
              row.linesAccepted(),
              row.accepted(),
              row.rejected(),
              Rate.of(row.accepted(), row.accepted() + row.rejected()),
              row.sessions());
        });
  }

  private void spend(Filter filter, Csv csv) {
    csv.row(
        "user",
        "model",
        "requests",
        "input_tokens",
        "output_tokens",
        "cache_read_tokens",
        "cache_creation_tokens",
        "estimated_cost_usd");
    reports.spendRows(
        filter,
        row ->
            csv.row(
                row.user(),
                row.model(),
                row.requests(),
                row.tokens().input(),
                row.tokens().output(),
                row.tokens().cacheRead(),
                row.tokens().cacheCreation(),
                row.costUsd()));
  }

  private void lines(Filter filter, Csv csv) {
    VerdictExport.csv(reports, filter, csv);
  }

  private void survival(Filter filter, Csv csv) {
    csv.row(
        "month",
        "days",
        "pull_requests",
        "pull_requests_counted",
        "provisional",
        "complete",
        "lines_with_claude_code",
        "standing_with_claude_code",
        "other_lines",
        "other_standing");
    for (SurvivalView.Month month : survival.view(filter).items()) {
      for (SurvivalView.Horizon horizon : month.horizons()) {
        Count claude = horizon.claude();
        Count other = horizon.other();
        csv.row(
            month.month(),
            horizon.days(),
            month.pullRequests(),
            horizon.counted(),
            month.provisional(),
            horizon.complete(),
            claude == null ? null : claude.lines(),
            claude == null ? null : claude.standing(),
            other == null ? null : other.lines(),
            other == null ? null : other.standing());
      }
    }
  }

  private void lineObjects(Filter filter, Download.Lines lines) {
    reports.attributions(
        filter,
        each ->
            each.attribution()
                .verdicts()
                .forEach(verdict -> lines.add(LineView.of(each, verdict))));
  }

  private void traces(Filter filter, Download.Lines lines) {
    VerdictExport.agentTraces(reports, filter, lines);
  }

  private static Route route(String name, String says, Export export) {
    return new Route(
        HandlerType.GET,
        "/api/v1/export/" + name + ".csv",
        says,
        Route.FILTERS,
        CONTENT_TYPE,
        ctx -> {
          Filter filter = Parameters.of(ctx).filter();
          Download.send(
              ctx,
              name + ".csv",
              CONTENT_TYPE,
              out -> {
                Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
                export.write(filter, new Csv(writer));
                writer.flush();
              });
        });
  }

  private static Route jsonLines(String name, String says, LinesExport export) {
    return new Route(
        HandlerType.GET,
        "/api/v1/export/" + name + ".jsonl",
        says,
        Route.FILTERS,
        Download.JSON_LINES,
        ctx -> {
          Filter filter = Parameters.of(ctx).filter();
          Download.sendLines(ctx, name + ".jsonl", lines -> export.write(filter, lines));
        });
  }

  /** Writes one file's rows, its header first. */
  private interface Export {
    void write(Filter filter, Csv csv);
  }

  /** Writes one file's objects. */
  private interface LinesExport {
    void write(Filter filter, Download.Lines lines);
  }
}
