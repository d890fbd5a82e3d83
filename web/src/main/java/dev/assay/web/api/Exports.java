package dev.assay.web.api;

import dev.assay.store.Reports;
import dev.assay.store.fact.Verdict;
import dev.assay.store.report.Filter;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The downloads: all users, written row by row as the store gives them. */
final class Exports {
  static final String CONTENT_TYPE = "text/csv; charset=utf-8; header=present";

  private final Reports reports;

  Exports(Reports reports) {
    this.reports = reports;
  }

  List<Route> routes() {
    return List.of(
        route("contributions", "Each user's contributions.", this::contributions),
        route("spend", "Each user's tokens and estimated spend, by model.", this::spend),
        route("lines", "The verdict on each added line.", this::lines));
  }

  private void contributions(Filter filter, Csv csv) {
    csv.row(
        "user",
        "pull_requests",
        "pull_requests_with_claude_code",
        "lines",
        "lines_with_claude_code",
        "lines_accepted",
        "accepted",
        "rejected",
        "accept_rate",
        "sessions");
    reports.contributions(
        filter,
        row ->
            csv.row(
                row.user(),
                row.pullRequests(),
                row.pullRequestsWithClaudeCode(),
                row.lines(),
                row.linesWithClaudeCode(),
                row.linesAccepted(),
                row.accepted(),
                row.rejected(),
                Rate.of(row.accepted(), row.accepted() + row.rejected()),
                row.sessions()));
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
    csv.row(
        "pull_request",
        "path",
        "line",
        "effective",
        "assisted",
        "strategy",
        "difference",
        "session",
        "edit",
        "reason");
    reports.lines(
        filter,
        row -> {
          Verdict verdict = row.verdict();
          csv.row(
              row.changeKey(),
              verdict.path(),
              verdict.line(),
              verdict.effective(),
              verdict.assisted(),
              verdict.strategy(),
              verdict.assisted() ? verdict.difference() : null,
              verdict.sessionId(),
              verdict.toolUseId(),
              verdict.reason());
        });
  }

  private static Route route(String name, String says, Export export) {
    return new Route(
        HandlerType.GET,
        "/api/v1/export/" + name + ".csv",
        says,
        Route.FILTERS,
        CONTENT_TYPE,
        ctx -> stream(ctx, name, export));
  }

  private static void stream(Context ctx, String name, Export export) throws IOException {
    Filter filter = Parameters.of(ctx).filter();
    ctx.contentType(CONTENT_TYPE)
        .header("Content-Disposition", "attachment; filename=\"assay-" + name + ".csv\"");
    Writer writer =
        new BufferedWriter(new OutputStreamWriter(ctx.outputStream(), StandardCharsets.UTF_8));
    try {
      export.write(filter, new Csv(writer));
      writer.flush();
    } catch (UncheckedIOException e) {
      // The reader has hung up: nobody is left to be told.
      throw e.getCause();
    }
  }

  /** Writes one file's rows, its header first. */
  private interface Export {
    void write(Filter filter, Csv csv);
  }
}
