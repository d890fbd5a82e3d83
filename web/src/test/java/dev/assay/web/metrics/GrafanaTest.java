package dev.assay.web.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import com.sun.net.httpserver.HttpServer;
import dev.assay.receiver.follow.FollowProgress;
import dev.assay.receiver.forward.ForwardOptions;
import dev.assay.receiver.forward.Forwarder;
import dev.assay.receiver.interpret.Interpreter;
import dev.assay.receiver.otlp.OtlpOptions;
import dev.assay.receiver.otlp.OtlpReceiver;
import dev.assay.receiver.redaction.Redaction;
import dev.assay.receiver.redaction.RedactionRule;
import dev.assay.receiver.redaction.Redactions;
import dev.assay.store.Store;
import dev.assay.store.StoreOptions;
import dev.assay.store.Stores;
import dev.assay.store.report.Filter;
import dev.assay.web.config.MetricsReader;
import dev.assay.web.config.OtlpExporter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the dashboard file asks for is there, under these names, on a server that works. */
class GrafanaTest {
  private static final Path TESTDATA = Path.of(System.getProperty("assay.testdata", ""));
  private static final Path ROOT = TESTDATA.toAbsolutePath().resolve("..").normalize();
  private static final java.util.regex.Pattern NAME =
      java.util.regex.Pattern.compile("assay_[a-zA-Z0-9_]+");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir Path data;

  @Test
  void everyQuery_namesMetricsThatAreExported() throws Exception {
    Set<String> live = exported();
    JsonNode dashboard =
        JsonMapper.shared().readTree(Files.readString(ROOT.resolve("grafana/assay.json")));
    int queries = 0;
    for (JsonNode panel : dashboard.path("panels")) {
      for (JsonNode target : panel.path("targets")) {
        Matcher names = NAME.matcher(target.path("expr").asString());
        assertThat(names.find()).as(panel.path("title").asString()).isTrue();
        do {
          assertThat(live).as(panel.path("title").asString()).contains(names.group());
        } while (names.find());
        queries++;
      }
    }
    assertThat(queries).isGreaterThan(15);
  }

  @Test
  void everyMetricOfTheTable_isExported() throws Exception {
    Set<String> live = exported();
    String table = Files.readString(ROOT.resolve("docs/operations.md"));
    table = table.substring(table.indexOf("| Metric (Prometheus name)"));
    table = table.substring(0, table.indexOf("\n\n"));
    Set<String> named = new TreeSet<>();
    for (String row : table.lines().toList()) {
      Matcher names = NAME.matcher(row.split("\\|", -1)[1]);
      while (names.find()) {
        named.add(names.group());
      }
    }
    assertThat(named).hasSizeGreaterThan(15);
    for (String name : named) {
      assertThat(live).anyMatch(it -> it.equals(name) || it.equals(name + "_count"));
    }
  }

  @Test
  void readers_sendTheSameAsOtlp() throws Exception {
    try (Store store = Stores.open(StoreOptions.in(data).withFsync(false))) {
      OtlpReceiver backend =
          new OtlpReceiver(
              OtlpOptions.loopback(0, 0),
              new Interpreter(),
              store,
              new Metrics().meter("backend"),
              InstantSource.system());
      backend.start();
      URI http = URI.create("http://127.0.0.1:" + backend.httpPort() + "/v1/metrics");
      URI grpc = URI.create("http://127.0.0.1:" + backend.grpcPort());
      for (MetricsReader reader :
          List.of(
              new MetricsReader(
                  OtlpExporter.Protocol.HTTP_PROTOBUF, http, Map.of(), Duration.ofHours(1)),
              new MetricsReader(OtlpExporter.Protocol.GRPC, grpc, Map.of(), Duration.ofHours(1)))) {
        long before = store.health().facts();
        Metrics metrics = new Metrics(List.of(reader));
        metrics.meter("x").counterBuilder("assay.test").build().add(1);
        metrics.close(); // which sends what there is
        store.reports().summary(Filter.ALL); // waits until what was acknowledged is among the facts
        assertThat(store.health().facts()).isGreaterThan(before);
      }
      backend.shutdown(Duration.ofSeconds(5));
    }
  }

  /** The names on /metrics of a server that received, redacted, kept and passed on. */
  private Set<String> exported() throws Exception {
    HttpServer busy =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    busy.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(503, -1);
          exchange.close();
        });
    busy.start();
    try (Metrics metrics = new Metrics();
        Store store = Stores.open(StoreOptions.in(data).withFsync(false))) {
      OtlpReceiver backend =
          new OtlpReceiver(
              OtlpOptions.loopback(0, 0),
              new Interpreter(),
              store,
              new Metrics().meter("backend"),
              InstantSource.system());
      backend.start();
      metrics.observe(store);
      metrics.observe(() -> FollowProgress.NONE, InstantSource.system());
      metrics.limits();
      RedactionRule mask =
          new RedactionRule.Mask(
              "redaction",
              true,
              Set.of(),
              Set.of(),
              List.of(),
              List.of(Pattern.compile("xterm")),
              List.of());
      Redaction redaction = new Redaction(List.of(mask), null, metrics.meter("redaction"));
      Forwarder forwarder =
          new Forwarder(
              List.of(
                  ForwardOptions.to("otlp/backend", true, local(backend.grpcPort())),
                  ForwardOptions.to("otlphttp/busy", false, local(busy.getAddress().getPort()))),
              metrics.meter("forward"),
              InstantSource.system());
      forwarder.start();
      OtlpReceiver receiver =
          new OtlpReceiver(
              OtlpOptions.loopback(0, 0),
              new Redactions(redaction, redaction, redaction),
              new Interpreter(),
              store,
              forwarder,
              metrics.meter("otlp"),
              InstantSource.system());
      receiver.start();
      for (Path export : exports()) {
        String signal = export.toString().contains("logs") ? "logs" : "metrics";
        HttpResponse<Void> answer =
            HTTP.send(
                HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + receiver.httpPort() + "/v1/" + signal))
                    .header("Content-Type", "application/x-protobuf")
                    .POST(HttpRequest.BodyPublishers.ofFile(export))
                    .build(),
                HttpResponse.BodyHandlers.discarding());
        assertThat(answer.statusCode()).isEqualTo(200);
      }
      store.reports().summary(Filter.ALL); // the oldest day is told of days that have figures
      Set<String> names = names(metrics);
      Instant deadline = Instant.now().plusSeconds(120);
      while (!names.contains("assay_forward_retries_total")
          || !names.contains("assay_forward_records_total")) {
        assertThat(Instant.now()).as("exported: %s", names).isBefore(deadline);
        Thread.sleep(50); // until the senders have met their endpoints
        names = names(metrics);
      }
      receiver.shutdown(Duration.ofSeconds(5));
      forwarder.shutdown(Duration.ZERO);
      busy.stop(0);
      backend.shutdown(Duration.ofSeconds(5));
      return names;
    }
  }

  private static URI local(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }

  private static List<Path> exports() throws IOException {
    try (Stream<Path> files = Files.walk(TESTDATA.resolve("captures"))) {
      return files.filter(file -> file.toString().endsWith(".pb")).sorted().toList();
    }
  }

  private static Set<String> names(Metrics metrics) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    metrics.write(out);
    return out.toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("[{ ]", 2)[0])
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
