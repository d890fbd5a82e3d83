package dev.assay.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.web.sample.AcmeServer;
import dev.assay.web.sample.BrokenStore;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class HealthTest {
  @TempDir static Path data;

  @Test
  void store_thatWorks_isReady() throws Exception {
    try (AcmeServer server = AcmeServer.empty(data)) {
      assertThat(server.get("/readyz").body()).isEqualTo("ready\n");
      assertThat(server.get("/healthz").body()).isEqualTo("ok\n");
    }
  }

  @Test
  void store_thatFails_isToldWithItsCause() throws Exception {
    try (AcmeServer server = AcmeServer.broken()) {
      assertThat(server.get("/healthz").statusCode()).isEqualTo(200);
      HttpResponse<String> ready = server.get("/readyz");
      assertThat(ready.statusCode()).isEqualTo(503);
      assertThat(ready.body()).contains(BrokenStore.FAILURE);
      assertThat(server.get("/metrics").body()).contains("assay_store_ready 0.0");
    }
  }

  @Test
  void failure_isAProblemWithoutItsInside() throws Exception {
    try (AcmeServer server = AcmeServer.broken()) {
      HttpResponse<String> response = server.get("/api/v1/summary");
      assertThat(response.statusCode()).isEqualTo(500);
      JsonNode problem = Json.read(response.body());
      assertThat(problem.get("detail").asString())
          .contains("its log says why")
          .doesNotContain("IllegalState");
      assertThat(server.get("/healthz").statusCode()).isEqualTo(200);
    }
  }
}
