package dev.assay.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.web.sample.AcmeServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ParametersTest {
  @TempDir static Path data;
  private @Nullable AcmeServer server;

  @BeforeAll
  void start() throws Exception {
    server = AcmeServer.empty(data);
  }

  @AfterAll
  void stop() {
    Objects.requireNonNull(server).close();
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/summary?from=yesterday, from",
    "/api/v1/summary?to=2026-02-30, to",
    "/api/v1/adoption?from=1999-12-31, from",
    "/api/v1/spend?from=2026-11-02&to=2026-11-01, to",
    "/api/v1/summary?from=2016-01-01&to=2026-01-01, from",
    "/api/v1/summary?from=2026-01-01&from=2026-01-02, from",
    "/api/v1/summary?form=2026-01-01, form",
    "/api/v1/export/lines.csv?form=2026-01-01, form",
    "/api/v1/leaderboard?by=money, by",
    "/api/v1/team?month=2026, month",
    "/api/v1/pull-requests?limit=0, limit",
    "/api/v1/pull-requests?limit=501, limit",
    "/api/v1/pull-requests?limit=many, limit",
    "/api/v1/pull-requests?kind=none, kind",
    "/api/v1/pull-requests?after=nonsense, after",
  })
  void badValue_isRefusedWithItsName(String path, String parameter) throws Exception {
    HttpResponse<String> response = get(path);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    JsonNode problem = Json.read(response.body());
    assertThat(problem.get("status").asInt()).isEqualTo(400);
    assertThat(problem.get("parameter").asString()).isEqualTo(parameter);
    assertThat(problem.get("detail").asString()).contains(parameter);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/summary?from=&to=&repository=&user=",
        "/api/v1/summary?from=2026-01-01",
        "/api/v1/pull-requests?limit=1",
        "/api/v1/pull-requests?limit=500&kind=all",
        "/api/v1/leaderboard?by=lines",
        "/api/v1/coverage?from=2026-01-01"
      })
  void goodValue_isTaken(String path) throws Exception {
    assertThat(get(path).statusCode()).isEqualTo(200);
  }

  @Test
  void range_atTheLimit_isTaken() throws Exception {
    LocalDate from = LocalDate.of(2016, 1, 1);
    LocalDate last = from.plusDays(Parameters.MAX_DAYS - 1);
    assertThat(get("/api/v1/summary?from=" + from + "&to=" + last).statusCode()).isEqualTo(200);
    assertThat(get("/api/v1/summary?from=" + from + "&to=" + last.plusDays(1)).statusCode())
        .isEqualTo(400);
  }

  @Test
  void text_atTheLimit_isTaken() throws Exception {
    String longest = "u".repeat(Parameters.MAX_TEXT_CHARS);
    assertThat(get("/api/v1/summary?user=" + longest).statusCode()).isEqualTo(200);
    assertThat(get("/api/v1/summary?user=" + longest + "u").statusCode()).isEqualTo(400);
  }

  @Test
  void unknownPath_isAProblem() throws Exception {
    HttpResponse<String> response = get("/api/v1/nothing");
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(Json.read(response.body()).get("detail").asString()).contains("/api/v1/nothing");
  }

  private HttpResponse<String> get(String path) throws Exception {
    return Objects.requireNonNull(server).get(path);
  }
}
