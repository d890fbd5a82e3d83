package dev.assay.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.web.sample.AcmeServer;
import dev.assay.web.sample.Showcase;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The routes, docs/api.md and the description for programs say the same. */
class RoutesTest {
  private static final Pattern ROW = Pattern.compile("\\| `(GET|POST) (\\S+)` \\|");

  /** What others build upon: a path of these may not go. */
  private static final List<String> PROMISED =
      List.of(
          "GET /api/v1/summary",
          "GET /api/v1/adoption",
          "GET /api/v1/pull-requests-per-user",
          "GET /api/v1/pull-requests-daily",
          "GET /api/v1/leaderboard",
          "GET /api/v1/spend",
          "GET /api/v1/team",
          "GET /api/v1/pull-requests",
          "GET /api/v1/pull-requests/{id}",
          "GET /api/v1/coverage",
          "GET /api/v1/export/contributions.csv",
          "GET /api/v1/export/spend.csv",
          "GET /api/v1/export/lines.csv",
          "GET /api/v1/export/lines.jsonl",
          "GET /api/v1/survival",
          "GET /api/v1/export/survival.csv",
          "GET /api/v1/export/agent-trace.jsonl",
          "GET /v1/organizations/usage_report/claude_code",
          "GET /metrics",
          "GET /healthz",
          "GET /readyz",
          "POST /webhooks/github");

  @TempDir static Path data;

  @Test
  void routes_areThoseOfTheDocumentation() throws Exception {
    Path docs = Path.of(System.getProperty("assay.testdata")).resolveSibling("docs/api.md");
    List<String> documented =
        ROW.matcher(Files.readString(docs))
            .results()
            .map((MatchResult row) -> row.group(1) + " " + row.group(2))
            .toList();
    try (AcmeServer server = AcmeServer.empty(data)) {
      List<String> routes = routes(server);
      assertThat(new TreeSet<>(routes)).isEqualTo(new TreeSet<>(documented));
      assertThat(routes).containsAll(PROMISED).doesNotHaveDuplicates();

      JsonNode description = Json.get(server, "/api/v1/openapi.json");
      assertThat(description.get("openapi").asString()).startsWith("3.1");
      TreeSet<String> described = new TreeSet<>();
      description
          .get("paths")
          .properties()
          .forEach(
              path ->
                  path.getValue()
                      .propertyNames()
                      .forEach(
                          method ->
                              described.add(
                                  method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
      TreeSet<String> others = new TreeSet<>(routes);
      assertThat(described).isEqualTo(others);

      for (String route : routes) {
        answers(server, route);
      }
    }
  }

  private static void answers(AcmeServer server, String route) throws Exception {
    String path = route.substring(route.indexOf('/')).replace("{id}", "bm9uZQ");
    HttpRequest.Builder request = HttpRequest.newBuilder(server.address(path));
    if (route.startsWith("POST")) {
      request.POST(HttpRequest.BodyPublishers.ofString("{}"));
    }
    HttpResponse<String> response = server.send(request.build());
    int expected =
        route.startsWith("POST")
            ? 501
            : route.endsWith("{id}") ? 404 : route.contains("usage_report") ? 400 : 200;
    assertThat(response.statusCode()).as(route).isEqualTo(expected);
    if (expected == 501) {
      assertThat(response.body()).contains("deliveries from GitHub");
    }
    if (!route.startsWith("POST")) {
      HttpResponse<String> posted =
          server.send(
              HttpRequest.newBuilder(server.address(path))
                  .POST(HttpRequest.BodyPublishers.noBody())
                  .build());
      assertThat(posted.statusCode()).as("POST " + path).isEqualTo(405);
    }
  }

  private static List<String> routes(AcmeServer server) {
    Api api =
        new Api(
            server.store(),
            () -> Progress.NONE,
            Showcase.diffs(),
            server.metrics(),
            Clock.systemUTC());
    return api.routes().stream().map(r -> r.method().name() + " " + r.path()).toList();
  }
}
