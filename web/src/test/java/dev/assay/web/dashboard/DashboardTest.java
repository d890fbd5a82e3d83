package dev.assay.web.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.web.sample.AcmeServer;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DashboardTest {
  private static final Pattern ASSET =
      Pattern.compile("(?:/assets/|from \"\\./)([a-z0-9-]+\\.\\w+)");

  @TempDir static Path data;

  @Test
  void assets_areAllServedFromHere() throws Exception {
    try (AcmeServer server = AcmeServer.empty(data)) {
      Set<String> seen = new TreeSet<>();
      Deque<String> next = new ArrayDeque<>();
      next.add("/");
      while (!next.isEmpty()) {
        String path = next.remove();
        HttpResponse<String> response = server.get(path);
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        assertThat(response.body())
            .as("nothing from elsewhere in " + path)
            .doesNotContainPattern("(?:src|href)=\"(?:https?:)?//")
            .doesNotContain("innerHTML");
        ASSET
            .matcher(response.body())
            .results()
            .map((MatchResult found) -> "/assets/" + found.group(1))
            .filter(seen::add)
            .forEach(next::add);
      }
      assertThat(seen).contains("/assets/main.js", "/assets/chart.js", "/assets/base.css");
      for (String view :
          new String[] {"/pull-requests", "/pull-requests/abc", "/team", "/coverage"}) {
        assertThat(server.get(view).body()).as(view).isEqualTo(server.get("/").body());
      }
    }
  }

  @Test
  void asset_isSentAgainOnlyWhereItHasChanged() throws Exception {
    try (AcmeServer server = AcmeServer.empty(data)) {
      HttpResponse<String> first = server.get("/assets/main.js");
      assertThat(first.headers().firstValue("Content-Type").orElse(""))
          .startsWith("text/javascript");
      assertThat(first.headers().firstValue("Cache-Control")).hasValue("no-cache");
      String etag = first.headers().firstValue("ETag").orElseThrow();
      HttpResponse<String> again =
          server.send(
              HttpRequest.newBuilder(server.address("/assets/main.js"))
                  .header("If-None-Match", etag)
                  .build());
      assertThat(again.statusCode()).isEqualTo(304);
      assertThat(again.body()).isEmpty();
    }
  }

  @Test
  void nothingElse_isServed() throws Exception {
    try (AcmeServer server = AcmeServer.empty(data)) {
      for (String path :
          new String[] {
            "/assets/none.js",
            "/assets/index.html",
            "/assets/..%2f..%2fdev%2fassay%2fweb%2fMain.class",
            "/assets/Main.class",
            "/assets/"
          }) {
        assertThat(server.get(path).statusCode()).as(path).isIn(400, 404);
      }
    }
  }
}
