package dev.assay.web.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import dev.assay.receiver.otlp.OtlpOptions;
import dev.assay.receiver.tls.ClientTlsFiles;
import dev.assay.receiver.tls.TlsFiles;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The keys of the file that have no flag: the Collector's components. */
class ComponentsTest {
  private static final Path FILE =
      Path.of(System.getProperty("assay.testdata"), "config", "collector.yaml");
  private static final Map<String, String> ENVIRONMENT =
      Map.of("HOME", "/home/ada", "BACKEND_TOKEN", "s3cret");

  @Test
  void listeners() throws Exception {
    Config config = Config.resolve(Map.of(), ENVIRONMENT, FILE);

    assertThat(config.otlpGrpc())
        .isEqualTo(
            new Listener(
                "127.0.0.1",
                4317,
                new TlsFiles(
                    Path.of("/etc/assay/cert.pem"),
                    Path.of("/etc/assay/key.pem"),
                    Path.of("/etc/assay/clients.pem"),
                    Duration.ofSeconds(90)),
                true,
                8 << 20));
    assertThat(config.otlpHttp()).isEqualTo(new Listener("127.0.0.1", 4318, null, false, 1 << 20));
    assertThat(config.access())
        .isEqualTo(new Access(Path.of("/etc/assay/tokens"), Set.of(), 50, 200));
  }

  @Test
  void limits_ofTheListeners() throws Exception {
    OtlpLimits limits = Config.resolve(Map.of(), ENVIRONMENT, FILE).otlpLimits();

    assertThat(limits)
        .isEqualTo(
            new OtlpLimits(
                new OtlpOptions.Limits(
                    128 << 20,
                    128 << 20,
                    2_000,
                    4_000,
                    5_000,
                    60_000,
                    20_000,
                    new OtlpOptions.GrpcConnection(50, 300_000, 30_000, 10_000)),
                100_000));
  }

  @Test
  void pipelines_namePartsInTheirOrder() throws Exception {
    Pipelines pipelines = Config.resolve(Map.of(), ENVIRONMENT, FILE).pipelines();

    assertThat(pipelines.logs().processors())
        .extracting(Processor::id)
        .containsExactly("redaction", "attributes/finance");
    assertThat(pipelines.metrics().exporters())
        .extracting(OtlpExporter::id)
        .containsExactly("otlphttp");
    assertThat(pipelines.traces()).isEqualTo(new Pipeline(List.of(), List.of()));
  }

  @Test
  void withoutPipelines_everyPartWorks(@TempDir Path folder) throws Exception {
    String text =
        Files.readString(FILE).replaceAll("(?ms)^  pipelines:.*?^  telemetry:", "  telemetry:");
    Path file = Files.writeString(folder.resolve("config.yaml"), text);

    Pipelines pipelines = Config.resolve(Map.of(), ENVIRONMENT, file).pipelines();

    for (Pipeline each : List.of(pipelines.logs(), pipelines.metrics(), pipelines.traces())) {
      assertThat(each.processors())
          .extracting(Processor::id)
          .containsExactly("attributes/finance", "redaction");
      assertThat(each.exporters())
          .extracting(OtlpExporter::id)
          .containsExactly("otlp/backend", "otlphttp");
    }
  }

  @Test
  void processors() throws Exception {
    List<Processor> processors =
        Config.resolve(Map.of(), ENVIRONMENT, FILE).pipelines().logs().processors();

    Processor.Redaction redaction = (Processor.Redaction) processors.get(0);
    assertThat(redaction.allowAllKeys()).isTrue();
    assertThat(redaction.blockedValues())
        .extracting(Pattern::pattern)
        .containsExactly("4[0-9]{12}(?:[0-9]{3})?");
    List<Processor.Action> actions = ((Processor.Attributes) processors.get(1)).actions();
    assertThat(actions)
        .extracting(Processor.Action::kind)
        .containsExactly(
            Processor.Action.Kind.HASH, Processor.Action.Kind.DELETE, Processor.Action.Kind.UPSERT);
    assertThat(actions.get(2).fromAttribute()).isEqualTo("department");
  }

  @Test
  void exporter_takesVariables_andNeverShowsThem() throws Exception {
    OtlpExporter exporter =
        Config.resolve(Map.of(), ENVIRONMENT, FILE).pipelines().logs().exporters().get(0);

    assertThat(exporter.protocol()).isEqualTo(OtlpExporter.Protocol.GRPC);
    assertThat(exporter.endpoint()).isEqualTo(URI.create("https://collector.example:4317"));
    assertThat(exporter.headers())
        .isEqualTo(Map.of("authorization", "Bearer s3cret", "x-tenant", "none"));
    assertThat(exporter.tls())
        .isEqualTo(new ClientTlsFiles(Path.of("/etc/assay/ca.pem"), null, null));
    assertThat(exporter.compression()).isEqualTo("none");
    assertThat(exporter.timeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(exporter.sendingQueue())
        .isEqualTo(new OtlpExporter.SendingQueue(64 << 20, 5000, 10, false));
    assertThat(exporter.retryOnFailure().maxElapsedTime()).isEqualTo(Duration.ZERO);
    assertThat(exporter.toString()).doesNotContain("s3cret");
  }

  @Test
  void ownMetrics_haveReaders() throws Exception {
    assertThat(Config.resolve(Map.of(), ENVIRONMENT, FILE).metricsReaders())
        .isEqualTo(
            List.of(
                new MetricsReader(
                    OtlpExporter.Protocol.HTTP_PROTOBUF,
                    URI.create("http://127.0.0.1:14318"),
                    Map.of("x-scope", "assay"),
                    Duration.ofSeconds(15))));
  }

  @ParameterizedTest
  @CsvSource({"0,0", "250ms,250", "5s,5000", "1m30s,90000", "2h,7200000"})
  void duration_isTheCollectors(String text, long millis) {
    assertThat(Durations.parse(text)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource({"5", "s", "1d", "-1s", "1 s", "1.5s", "''"})
  void duration_thatIsNone(String text) {
    assertThat(Durations.parse(text)).isNull();
  }
}
