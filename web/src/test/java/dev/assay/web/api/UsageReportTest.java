package dev.assay.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.web.sample.AcmeServer;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The shape that Anthropic documents for its Claude Code Analytics API. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UsageReportTest {
  private static final String DAY = UsageReport.PATH + "?starting_at=2026-11-18";

  @TempDir static Path data;
  private @Nullable AcmeServer server;

  @BeforeAll
  void start() throws Exception {
    server = AcmeServer.filled(data);
  }

  @AfterAll
  void stop() {
    Objects.requireNonNull(server).close();
  }

  @Test
  void row_hasTheDocumentedFields() throws Exception {
    JsonNode row = get(DAY).get("data").get(0);
    assertThat(row.propertyNames())
        .containsExactlyInAnyOrder(
            "actor",
            "core_metrics",
            "customer_type",
            "date",
            "is_remote",
            "model_breakdown",
            "organization_id",
            "subscription_type",
            "terminal_type",
            "tool_actions");
    assertThat(row.get("actor").get("type").asString()).isEqualTo("user_actor");
    assertThat(row.get("actor").get("email_address").asString()).contains("@acme.example");
    assertThat(row.get("date").asString()).isEqualTo("2026-11-18T00:00:00Z");
    assertThat(row.get("core_metrics").propertyNames())
        .containsExactlyInAnyOrder(
            "commits_by_claude_code",
            "lines_of_code",
            "num_sessions",
            "pull_requests_by_claude_code");
    assertThat(row.get("core_metrics").get("lines_of_code").get("added").asLong()).isPositive();
    assertThat(row.get("tool_actions").propertyNames())
        .containsExactlyInAnyOrder(
            "edit_tool", "multi_edit_tool", "notebook_edit_tool", "write_tool");
    assertThat(row.get("tool_actions").get("edit_tool").get("accepted").asLong()).isPositive();
    assertThat(row.get("model_breakdown").get(0).get("tokens").propertyNames())
        .containsExactlyInAnyOrder("cache_creation", "cache_read", "input", "output");
  }

  @Test
  void amounts_areCents() throws Exception {
    BigDecimal cents = BigDecimal.ZERO;
    for (JsonNode row : get(DAY).get("data")) {
      for (JsonNode model : row.get("model_breakdown")) {
        assertThat(model.get("estimated_cost").get("currency").asString()).isEqualTo("USD");
        cents = cents.add(model.get("estimated_cost").get("amount").decimalValue());
      }
    }
    JsonNode day = get("/api/v1/spend?from=2026-11-18&to=2026-11-18").get("items").get(0);
    assertThat(cents).isEqualByComparingTo(day.get("costUsd").decimalValue().movePointRight(2));
  }

  @Test
  void pages_giveEachRowOnce() throws Exception {
    List<String> whole = actors(get(DAY + "&limit=1000"));
    assertThat(whole).hasSizeGreaterThan(3);
    List<String> paged = new ArrayList<>();
    String next = "";
    do {
      JsonNode page = get(DAY + "&limit=2" + next);
      assertThat(page.get("data").size()).isLessThanOrEqualTo(2);
      paged.addAll(actors(page));
      assertThat(page.get("next_page").isNull()).isNotEqualTo(page.get("has_more").asBoolean());
      next = page.get("has_more").asBoolean() ? "&page=" + page.get("next_page").asString() : "";
    } while (!next.isEmpty());
    assertThat(paged).isEqualTo(whole);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?starting_at=18.11.2026",
        "?starting_at=2026-11-18&limit=0",
        "?starting_at=2026-11-18&limit=1001",
        "?starting_at=2026-11-18&page=nonsense",
        "?starting_at=2026-11-19&page=page_MjAyNi0xMS0xOC8x"
      })
  void badRequest_isRefusedInItsShape(String query) throws Exception {
    HttpResponse<String> response = Objects.requireNonNull(server).get(UsageReport.PATH + query);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    JsonNode error = Json.read(response.body());
    assertThat(error.get("type").asString()).isEqualTo("error");
    assertThat(error.get("error").get("type").asString()).isEqualTo("invalid_request_error");
    assertThat(error.get("error").get("message").asString())
        .containsPattern("starting_at|limit|page");
  }

  private static List<String> actors(JsonNode page) {
    return page.get("data")
        .valueStream()
        .map(row -> row.get("actor") + " " + row.get("terminal_type"))
        .toList();
  }

  private JsonNode get(String path) throws Exception {
    return Json.get(Objects.requireNonNull(server), path);
  }
}
