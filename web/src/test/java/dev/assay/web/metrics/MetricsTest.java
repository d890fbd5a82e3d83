package dev.assay.web.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.web.sample.AcmeServer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The exporter is older than the SDK: this shows that they work together. */
class MetricsTest {
  @TempDir static Path data;

  @Test
  void counter_isRenderedWithItsUnitAndAttributes() throws Exception {
    try (Metrics metrics = new Metrics()) {
      metrics
          .meter("dev.assay.test")
          .counterBuilder("assay.receiver.received")
          .setUnit("By")
          .setDescription("Bytes received.")
          .build()
          .add(42, Attributes.of(AttributeKey.stringKey("reason"), "a \"quoted\"\nreason"));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      metrics.write(out);
      assertThat(out.toString(StandardCharsets.UTF_8))
          .contains("# TYPE assay_receiver_received_bytes_total counter")
          .contains("# HELP assay_receiver_received_bytes_total Bytes received.")
          .contains(
              "assay_receiver_received_bytes_total{reason=\"a \\\"quoted\\\"\\nreason\"} 42.0");
    }
  }

  @Test
  void histogram_isRenderedWithBuckets() throws Exception {
    try (Metrics metrics = new Metrics()) {
      metrics.meter("x").histogramBuilder("assay.commit").setUnit("s").build().record(0.2);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      metrics.write(out);
      assertThat(out.toString(StandardCharsets.UTF_8))
          .contains("assay_commit_seconds_bucket{le=\"+Inf\"} 1")
          .contains("assay_commit_seconds_sum 0.2");
    }
  }

  @Test
  void server_showsTheStoreAndTheFigures() throws Exception {
    try (AcmeServer server = AcmeServer.filled(data)) {
      HttpResponse<String> response = server.get("/metrics");
      assertThat(response.headers().firstValue("Content-Type").orElse(""))
          .startsWith("text/plain; version=0.0.4");
      assertThat(response.body())
          .contains("assay_store_ready 1.0")
          .contains("assay_users 7.0")
          .containsPattern("assay_pull_requests\\{with_claude_code=\"true\"} [1-9]")
          .containsPattern("assay_spend_estimated_USD [1-9]");
      assertThat(response.body().lines().filter(line -> !line.startsWith("#")))
          .allMatch(line -> line.matches("[a-zA-Z_:][a-zA-Z0-9_:]*(\\{.*})? \\S+"));
    }
  }
}
