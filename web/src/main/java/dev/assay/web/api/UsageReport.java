package dev.assay.web.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.assay.store.Reports;
import dev.assay.store.report.AnalyticsRow;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * The shape of Anthropic's Claude Code Analytics API, so that its clients work here: same path,
 * parameters, field names and errors, and amounts in cents. Days are UTC.
 */
final class UsageReport {
  static final String PATH = "/v1/organizations/usage_report/claude_code";

  /** Anthropic's own: 20 unless asked for, 1,000 at most. */
  static final int DEFAULT_LIMIT = 20;

  static final int MAX_LIMIT = 1_000;

  /** A self-hosted server is one organization; it has no id at Anthropic's. */
  private static final String ORGANIZATION = "00000000-0000-0000-0000-000000000000";

  private static final String PAGE_PREFIX = "page_";

  private final Reports reports;

  UsageReport(Reports reports) {
    this.reports = reports;
  }

  List<Route> routes() {
    return List.of(
        new Route(
            HandlerType.GET,
            PATH,
            "One UTC day's use by actor and terminal, in the shape of Anthropic's Claude Code"
                + " Analytics API.",
            List.of("starting_at", "limit", "page"),
            "application/json",
            this::report));
  }

  private void report(Context ctx) {
    try {
      Parameters parameters = Parameters.lenient(ctx);
      LocalDate day = parameters.day("starting_at");
      if (day == null) {
        throw new BadParameterException("starting_at", "starting_at: Field required");
      }
      int limit = parameters.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
      int offset = offset(parameters.text("page"), day);
      List<AnalyticsRow> rows = reports.analytics(day);
      int begin = Math.min(offset, rows.size());
      int end = Math.min(begin + limit, rows.size());
      boolean more = end < rows.size();
      ctx.json(
          new Report(
              rows.subList(begin, end).stream().map(UsageReport::row).toList(),
              more,
              more ? page(day, end) : null));
    } catch (BadParameterException e) {
      ctx.status(HttpStatus.BAD_REQUEST)
          .json(
              Map.of(
                  "type",
                  "error",
                  "error",
                  Map.of("type", "invalid_request_error", "message", e.problem())));
    }
  }

  private static Row row(AnalyticsRow row) {
    return new Row(
        row.apiActor()
            ? new Actor("api_actor", null, row.actor())
            : new Actor("user_actor", row.actor(), null),
        new CoreMetrics(
            row.commits(),
            new Lines(row.linesAdded(), row.linesRemoved()),
            row.sessions(),
            row.pullRequests()),
        row.customerType(),
        row.day() + "T00:00:00Z",
        row.remote(),
        row.models().stream().map(UsageReport::model).toList(),
        ORGANIZATION,
        null,
        row.terminalType(),
        new Tools(
            actions(row, "Edit"),
            actions(row, "MultiEdit"),
            actions(row, "NotebookEdit"),
            actions(row, "Write")));
  }

  private static Actions actions(AnalyticsRow row, String tool) {
    return row.tools().stream()
        .filter(actions -> actions.tool().equals(tool))
        .findFirst()
        .map(actions -> new Actions(actions.accepted(), actions.rejected()))
        .orElse(new Actions(0, 0));
  }

  private static Model model(AnalyticsRow.ModelUse use) {
    return new Model(
        new Cost(cents(use.costUsd()), "USD"),
        use.model(),
        new TokenCounts(
            use.tokens().cacheCreation(),
            use.tokens().cacheRead(),
            use.tokens().input(),
            use.tokens().output()));
  }

  /** Not rounded: many small requests would vanish. */
  private static BigDecimal cents(BigDecimal dollars) {
    BigDecimal cents = dollars.movePointRight(2).stripTrailingZeros();
    return cents.scale() < 0 ? cents.setScale(0) : cents;
  }

  private static String page(LocalDate day, int offset) {
    return PAGE_PREFIX
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString((day + "/" + offset).getBytes(StandardCharsets.UTF_8));
  }

  private static int offset(@Nullable String page, LocalDate day) {
    if (page == null) {
      return 0;
    }
    try {
      String[] parts =
          new String(
                  Base64.getUrlDecoder()
                      .decode(page.startsWith(PAGE_PREFIX) ? page.substring(5) : "!"),
                  StandardCharsets.UTF_8)
              .split("/", -1);
      int offset = parts.length == 2 ? Integer.parseInt(parts[1]) : -1;
      if (offset >= 0 && parts[0].equals(day.toString())) {
        return offset;
      }
    } catch (IllegalArgumentException e) {
      // Told below, together with a page of another day.
    }
    throw new BadParameterException(
        "page", "page: must be the next_page of an earlier answer for the same starting_at");
  }

  @JsonNaming(SnakeCaseStrategy.class)
  record Report(List<Row> data, boolean hasMore, @Nullable String nextPage) {}

  @JsonNaming(SnakeCaseStrategy.class)
  record Row(
      Actor actor,
      CoreMetrics coreMetrics,
      String customerType,
      String date,
      @JsonProperty("is_remote") boolean remote,
      List<Model> modelBreakdown,
      String organizationId,
      @Nullable String subscriptionType,
      @Nullable String terminalType,
      Tools toolActions) {}

  @JsonNaming(SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Actor(String type, @Nullable String emailAddress, @Nullable String apiKeyName) {}

  @JsonNaming(SnakeCaseStrategy.class)
  record CoreMetrics(
      long commitsByClaudeCode,
      Lines linesOfCode,
      long numSessions,
      long pullRequestsByClaudeCode) {}

  record Lines(long added, long removed) {}

  @JsonNaming(SnakeCaseStrategy.class)
  record Model(Cost estimatedCost, String model, TokenCounts tokens) {}

  record Cost(BigDecimal amount, String currency) {}

  @JsonNaming(SnakeCaseStrategy.class)
  record TokenCounts(long cacheCreation, long cacheRead, long input, long output) {}

  @JsonNaming(SnakeCaseStrategy.class)
  record Tools(
      Actions editTool, Actions multiEditTool, Actions notebookEditTool, Actions writeTool) {}

  record Actions(long accepted, long rejected) {}
}
