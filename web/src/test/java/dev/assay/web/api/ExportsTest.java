package dev.assay.web.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.store.fact.Attribution;
import dev.assay.store.fact.Change;
import dev.assay.store.fact.Verdict;
import dev.assay.web.sample.Acme;
import dev.assay.web.sample.AcmeServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExportsTest {
  @TempDir static Path data;
  private final Acme acme = new Acme();
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
  void contributions_addUpToThePullRequests() throws Exception {
    List<List<String>> rows = export("contributions", "");
    assertThat(rows.get(0))
        .containsExactly(
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
    assertThat(rows).hasSize(8);
    assertThat(sum(rows, 2))
        .isEqualTo(acme.attributions().stream().filter(Attribution::tagged).count());
    assertThat(sum(rows, 3))
        .isEqualTo(
            acme.attributions().stream()
                .filter(a -> a.state() == Attribution.State.UNDECIDED)
                .count())
        .isPositive();
  }

  @Test
  void spend_addsUpToTheSummary() throws Exception {
    List<List<String>> rows = export("spend", "");
    assertThat(rows.get(0)).contains("model", "estimated_cost_usd");
    double sum = rows.stream().skip(1).mapToDouble(row -> Double.parseDouble(row.get(7))).sum();
    double summary =
        Json.get(Objects.requireNonNull(server), "/api/v1/summary").get("spendUsd").asDouble();
    assertThat(sum).isCloseTo(summary, within(1e-6));
  }

  @Test
  void lines_areAllVerdicts() throws Exception {
    List<List<String>> rows = export("lines", "");
    List<Verdict> verdicts =
        acme.attributions().stream().flatMap(a -> a.verdicts().stream()).toList();
    assertThat(rows).hasSize(verdicts.size() + 1);
    assertThat(rows.stream().filter(row -> row.get(4).equals("true")).count())
        .isEqualTo(verdicts.stream().filter(Verdict::assisted).count());
  }

  @Test
  void filter_narrowsAnExport() throws Exception {
    List<List<String>> rows = export("lines", "?from=2026-11-20&repository=github.com/acme/api");
    assertThat(rows.size()).isGreaterThan(10);
    assertThat(rows.stream().skip(1).map(row -> row.get(0)))
        .allMatch(key -> key.startsWith("github.com/acme/api#"));
  }

  @Test
  void jsonLines_areTheSameVerdicts() throws Exception {
    List<JsonNode> lines = jsonLines("lines", "");
    List<List<String>> rows = export("lines", "");
    assertThat(lines).hasSize(rows.size() - 1);
    for (int i = 0; i < lines.size(); i++) {
      JsonNode line = lines.get(i);
      List<String> row = rows.get(i + 1);
      assertThat(line.path("change").asString()).isEqualTo(row.get(0));
      assertThat(line.path("path").asString()).isEqualTo(row.get(1));
      assertThat(line.path("line").asString()).isEqualTo(row.get(2));
      assertThat(line.path("assisted").asString()).isEqualTo(row.get(4));
      assertThat(line.path("reason").asString("")).isEqualTo(row.get(9));
      assertThat(line.path("model").asString("")).isEqualTo(row.get(10));
    }
    assertThat(jsonLines("lines", "?from=2020-01-01&to=2020-01-02")).isEmpty();
  }

  @Test
  void agentTraces_keepTheSpecification_andAreAllLinesWithClaudeCode() throws Exception {
    List<JsonNode> records = jsonLines("agent-trace", "");
    assertThat(records).allSatisfy(record -> assertThat(TraceSchema.problems(record)).isEmpty());
    assertThat(records)
        .extracting(record -> record.path("vcs").path("revision").asString())
        .containsExactlyElementsOf(
            acme.attributions().stream()
                .filter(Attribution::tagged)
                .map(Attribution::change)
                .sorted(Comparator.comparing(Change::mergedAt).thenComparing(Change::key))
                .map(Change::mergeCommit)
                .toList());
    long lines = 0;
    for (JsonNode record : records) {
      for (JsonNode file : record.path("files")) {
        for (JsonNode conversation : file.path("conversations")) {
          for (JsonNode range : conversation.path("ranges")) {
            lines += range.path("end_line").asLong() - range.path("start_line").asLong() + 1;
          }
        }
      }
    }
    assertThat(lines)
        .isEqualTo(
            acme.attributions().stream()
                .flatMap(a -> a.verdicts().stream())
                .filter(Verdict::assisted)
                .count());
    assertThat(jsonLines("agent-trace", "")).as("the same bytes again").isEqualTo(records);
  }

  private List<JsonNode> jsonLines(String name, String query) throws Exception {
    HttpResponse<String> response =
        Objects.requireNonNull(server).get("/api/v1/export/" + name + ".jsonl" + query);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/jsonl");
    return response.body().lines().map(Json::read).toList();
  }

  private List<List<String>> export(String name, String query) throws Exception {
    HttpResponse<String> response =
        Objects.requireNonNull(server).get("/api/v1/export/" + name + ".csv" + query);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
    assertThat(response.headers().firstValue("Content-Disposition").orElse(""))
        .contains("assay-" + name + ".csv");
    return CsvReader.read(response.body());
  }

  private static long sum(List<List<String>> rows, int column) {
    return rows.stream().skip(1).mapToLong(row -> Long.parseLong(row.get(column))).sum();
  }
}
