package dev.assay.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.store.fact.Survival;
import dev.assay.web.sample.Acme;
import dev.assay.web.sample.AcmeServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class SurvivalFiguresTest {
  @TempDir Path data;

  @Test
  void months_addUpToWhatWasCounted_andWhatHasNotPassedIsNull() throws Exception {
    try (AcmeServer server = AcmeServer.filled(data)) {
      JsonNode answer = Json.get(server, "/api/v1/survival");
      assertThat(answer.path("items"))
          .extracting(month -> month.path("month").asString())
          .containsExactly("2026-10", "2026-11");
      List<Survival> kept = new Acme().survivals();
      long lines = 0;
      long standing = 0;
      for (JsonNode month : answer.path("items")) {
        assertThat(month.path("horizons"))
            .extracting(horizon -> horizon.path("days").asInt())
            .containsExactly(7, 30, 90);
        JsonNode seven = month.path("horizons").get(0);
        lines += seven.path("claude").path("lines").asLong();
        standing += seven.path("claude").path("standing").asLong();
        assertThat(seven.path("other").path("share").asDouble()).isBetween(0.8, 0.9);
        JsonNode ninety = month.path("horizons").get(2);
        assertThat(ninety.path("claude").isNull()).isTrue();
        assertThat(ninety.path("other").isNull()).isTrue();
        assertThat(ninety.path("complete").asBoolean()).isFalse();
        assertThat(ninety.path("counted").asLong()).isZero();
      }
      List<Survival> sevens = kept.stream().filter(each -> each.days() == 7).toList();
      assertThat(lines).isEqualTo(sevens.stream().mapToLong(each -> each.claude().lines()).sum());
      assertThat(standing)
          .isEqualTo(sevens.stream().mapToLong(each -> each.claude().standing()).sum());
      JsonNode october = answer.path("items").get(0);
      JsonNode november = answer.path("items").get(1);
      assertThat(october.path("horizons").get(0).path("complete").asBoolean()).isTrue();
      assertThat(november.path("horizons").get(0).path("complete").asBoolean()).isFalse();
      assertThat(november.path("provisional").asBoolean()).isTrue();
      assertThat(answer.path("unknown")).hasSize(1);
      assertThat(answer.path("unknown").get(0).path("pullRequests").asLong()).isEqualTo(1);

      JsonNode one = Json.get(server, "/api/v1/survival?from=2026-11-01&to=2026-11-30");
      assertThat(one.path("items")).hasSize(1);
      List<List<String>> rows = CsvReader.read(server.get("/api/v1/export/survival.csv").body());
      assertThat(rows).hasSize(7);
      assertThat(rows.get(3).subList(0, 2)).containsExactly("2026-10", "90");
      assertThat(rows.get(3).subList(6, 10)).containsOnly("");
      assertThat(rows.get(1).get(7))
          .isEqualTo(october.path("horizons").get(0).path("claude").path("standing").asString());
    }
  }

  @Test
  void nothingMerged_isAnEmptyList() throws Exception {
    try (AcmeServer server = AcmeServer.empty(data)) {
      assertThat(Json.get(server, "/api/v1/survival").toString())
          .isEqualTo("{\"items\":[],\"unknown\":[]}");
    }
  }
}
