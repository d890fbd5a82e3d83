package dev.assay.web.api;

import dev.assay.store.Reports;
import dev.assay.store.report.Filter;
import dev.assay.web.interchange.AgentTrace;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * The verdicts of a store in the formats that other tools read, the same from a server and from
 * {@code assay attribute}: decided changes, oldest first.
 */
public final class VerdictExport {
  private VerdictExport() {}

  /**
   * A record for each added line, after a header.
   *
   * @throws UncheckedIOException where the reader has gone
   */
  public static void csv(Reports reports, Filter filter, OutputStream out) {
    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    csv(reports, filter, new Csv(writer));
    try {
      writer.flush();
    } catch (java.io.IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * An Agent Trace record in a line for each change with lines of Claude Code.
   *
   * @throws UncheckedIOException where the reader has gone
   */
  public static void agentTraces(Reports reports, Filter filter, OutputStream out) {
    agentTraces(reports, filter, value -> Download.line(out, value));
  }

  static void agentTraces(Reports reports, Filter filter, Download.Lines lines) {
    reports.assistedAttributions(
        filter, each -> AgentTrace.of(each.attribution(), each.origins()).ifPresent(lines::add));
  }

  static void csv(Reports reports, Filter filter, Csv csv) {
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
        "reason",
        "model");
    reports.attributions(
        filter,
        each ->
            each.attribution()
                .verdicts()
                .forEach(
                    verdict ->
                        csv.row(
                            each.attribution().change().key(),
                            verdict.path(),
                            verdict.line(),
                            verdict.effective(),
                            verdict.assisted(),
                            verdict.strategy(),
                            verdict.assisted() ? verdict.difference() : null,
                            verdict.sessionId(),
                            verdict.toolUseId(),
                            verdict.reason(),
                            LineView.model(each, verdict))));
  }
}
