package dev.assay.web.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.proto.signature.Keyring;
import dev.assay.proto.v1.EditLines;
import dev.assay.proto.v1.Hunk;
import dev.assay.proto.v1.Line;
import dev.assay.receiver.attribution.Attributor;
import dev.assay.receiver.attribution.BaseTree;
import dev.assay.receiver.attribution.ChangeDiff;
import dev.assay.receiver.attribution.Rules;
import dev.assay.receiver.follow.FollowProgress;
import dev.assay.store.Store;
import dev.assay.store.fact.EditFact;
import dev.assay.web.sample.AcmeServer;
import dev.assay.web.sample.BrokenStore;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The exporter is older than the SDK: this shows that they work together. */
class MetricsTest {
  private static final BaseTree EMPTY =
      new BaseTree() {
        @Override
        public int filesWith(long line) {
          return 0;
        }

        @Override
        public int timesIn(String path, long line) {
          return 0;
        }

        @Override
        public boolean committed(String path) {
          return true;
        }
      };

  @TempDir static Path data;

  @Test
  void counts_areToldWithoutAskingTheStore() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    Store store =
        (Store)
            Proxy.newProxyInstance(
                Store.class.getClassLoader(),
                new Class<?>[] {Store.class},
                (proxy, method, arguments) -> {
                  asked.incrementAndGet();
                  return method.invoke(new BrokenStore(), arguments);
                });
    try (Metrics metrics = new Metrics()) {
      metrics.observe(store);
      metrics.meter("dev.assay.test").counterBuilder("assay.test.seen").build().add(3);
      assertThat(metrics.counts("assay_test"))
          .containsExactly(new Metrics.Count("assay_test_seen_total", new TreeMap<>(), 3));
      assertThat(asked).hasValue(0);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      metrics.write(out);
      assertThat(out.toString(StandardCharsets.UTF_8)).contains("assay_store_ready 0.0");
      assertThat(asked).hasPositiveValue();
    }
  }

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
  void limits_areThereFromTheStart_andCountedWhereTheyLeaveSomethingOut() throws Exception {
    try (Metrics metrics = new Metrics()) {
      String line = "total += price * count;";
      Hunk.Builder hunk = Hunk.newBuilder().setNewStart(1);
      List<ChangeDiff.DiffLine> added = new ArrayList<>();
      for (int i = 0; i < 65; i++) {
        hunk.addAdded(Line.newBuilder().setText(line));
        added.add(new ChangeDiff.DiffLine(500 + i, line));
      }
      EditLines lines = EditLines.newBuilder().addHunks(hunk).build();
      List<String> here = List.of("github.com/acme/api");
      Instant now = Instant.parse("2026-11-22T12:00:00Z");
      EditFact edit =
          new EditFact("t1", "s1", null, now, "Edit", here, "A.py", 65, 0, lines, false, false);
      ChangeDiff.FileDiff file =
          new ChangeDiff.FileDiff("A.py", null, false, List.of(), added, List.of());
      new Attributor(Rules.standard(), Keyring.empty(), metrics.limits())
          .judge(now, new ChangeDiff(List.of(file)), EMPTY, List.of(edit));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      metrics.write(out);
      assertThat(out.toString(StandardCharsets.UTF_8))
          .contains("assay_attribution_limited_total{limit=\"equal-pairs\"} 1.0")
          .contains("assay_attribution_limited_total{limit=\"similar-pairs\"} 0.0")
          .contains("assay_attribution_limited_total{limit=\"looked-up\"} 0.0");
    }
  }

  @Test
  void lag_isThatOfTheOldestChangeWithoutVerdict() throws Exception {
    Instant now = Instant.parse("2026-11-22T12:00:00Z");
    assertThat(lag(null, now)).contains("assay_attribution_lag_seconds 0.0");
    assertThat(lag(now.minusSeconds(90), now)).contains("assay_attribution_lag_seconds 90.0");
    // A clock that was set back makes nothing wait.
    assertThat(lag(now.plusSeconds(90), now)).contains("assay_attribution_lag_seconds 0.0");
  }

  private static String lag(@Nullable Instant oldest, Instant now) throws Exception {
    try (Metrics metrics = new Metrics()) {
      metrics.observe(
          () -> new FollowProgress(1, 3, oldest, 0, true, null, null, List.of()), () -> now);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      metrics.write(out);
      assertThat(out.toString(StandardCharsets.UTF_8)).contains("assay_attribution_pending 2.0");
      return out.toString(StandardCharsets.UTF_8);
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
