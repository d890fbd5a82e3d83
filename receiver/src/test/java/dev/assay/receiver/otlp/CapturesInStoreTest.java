package dev.assay.receiver.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.receiver.capture.Capture;
import dev.assay.receiver.interpret.Interpreter;
import dev.assay.store.Store;
import dev.assay.store.StoreOptions;
import dev.assay.store.Stores;
import dev.assay.store.report.Filter;
import dev.assay.store.report.Summary;
import dev.assay.store.report.Tokens;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What clients sent, through real endpoints into the real store: the figures that come out. */
class CapturesInStoreTest {
  @TempDir Path folder;
  private volatile Instant now = Instant.now();

  private static final List<Protocol> PROTOCOLS =
      List.of(Protocol.GRPC, Protocol.HTTP_PROTOBUF, Protocol.HTTP_JSON);

  static Stream<Capture> captures() {
    return Capture.all().stream();
  }

  /** Over one protocol as it was sent; then over all three, three times, in another order. */
  @ParameterizedTest
  @MethodSource("captures")
  void summary_onceAndAgain(Capture capture) throws Exception {
    Random random = new Random(capture.toString().hashCode());
    withStore(
        (store, sender) -> {
          Protocol first = PROTOCOLS.get(random.nextInt(PROTOCOLS.size()));
          for (Capture.Export export : capture.exports()) {
            sender.send(first, export);
          }
          Summary once = store.reports().summary(Filter.ALL);
          checkFigures(capture, once);
          for (Protocol protocol : PROTOCOLS) {
            List<Capture.Export> exports = new ArrayList<>(capture.exports());
            exports.addAll(capture.exports());
            exports.addAll(capture.exports());
            Collections.shuffle(exports, random);
            for (Capture.Export export : exports) {
              sender.send(protocol, export);
            }
          }
          assertThat(store.reports().summary(Filter.ALL)).isEqualTo(once);
        });
  }

  private static void checkFigures(Capture capture, Summary summary) {
    assertThat(summary.sessions()).isEqualTo(1);
    assertThat(summary.users()).isEqualTo(1);
    if (capture.run().startsWith("headless")) {
      assertThat(summary.accepted()).isEqualTo(3);
      assertThat(summary.rejected()).isZero();
      assertThat(summary.linesAccepted()).isEqualTo(19);
      assertThat(summary.linesAcceptedEstimated()).isZero();
      assertThat(summary.tokens()).isEqualTo(new Tokens(7221, 921, 30000, 1800));
      assertThat(summary.spendUsd())
          .isEqualByComparingTo(capture.version().equals("2.1.330") ? "0.062304" : "0.08538");
    } else {
      assertThat(summary.accepted()).isEqualTo(2);
      assertThat(summary.acceptedByUser()).isEqualTo(2);
      assertThat(summary.rejected()).isEqualTo(1);
      assertThat(summary.rejectedByUser()).isEqualTo(1);
    }
  }

  @Test
  void summary_whereOnlyCountersTell_isAnEstimate() throws Exception {
    withStore(
        (store, sender) -> {
          for (int times = 0; times < 2; times++) {
            for (Capture.Export export : Capture.of("2.1.330", "headless-grpc").exports()) {
              if (!export.isLogs()) {
                sender.send(Protocol.GRPC, export);
              }
            }
          }
          Summary summary = store.reports().summary(Filter.ALL);
          assertThat(summary.linesAccepted()).isEqualTo(18);
          assertThat(summary.linesAcceptedEstimated()).isEqualTo(18);
          assertThat(summary.accepted()).isEqualTo(3);
          assertThat(summary.tokens()).isEqualTo(new Tokens(7221, 921, 30000, 1800));
          assertThat(summary.spendUsd()).isEqualByComparingTo("0.062304");
          assertThat(summary.sessions()).isEqualTo(1);
        });
  }

  /** Text that databases stumble over: NUL, half a surrogate pair, quotes, very long names. */
  @Test
  void oddText_isKeptOrRejected_butNoFault() throws Exception {
    withStore(
        (store, sender) -> {
          for (String odd :
              List.of(
                  "\\u0000",
                  "a\\u0000b",
                  "\\ud800",
                  "\\udfff\\ud83d",
                  "'; DROP TABLE sessions; --",
                  "\\u202e\\ufeff",
                  "x".repeat(1024))) {
            String json =
                """
                {"resourceLogs":[{"scopeLogs":[{"scope":{"name":"com.anthropic.claude_code.events"},
                 "logRecords":[{"timeUnixNano":"1795367931906000000",
                  "body":{"stringValue":"claude_code.tool_decision"},"attributes":[
                  {"key":"session.id","value":{"stringValue":"%1$s"}},
                  {"key":"tool_use_id","value":{"stringValue":"%1$s"}},
                  {"key":"user.email","value":{"stringValue":"%1$s"}},
                  {"key":"tool_name","value":{"stringValue":"Edit"}},
                  {"key":"decision","value":{"stringValue":"accept"}},
                  {"key":"source","value":{"stringValue":"%1$s"}}]}]}]}]}
                """
                    .formatted(odd);
            var answer =
                sender.http(Signal.LOGS, Encoding.JSON, json.getBytes(StandardCharsets.UTF_8));
            assertThat(answer.statusCode()).as(odd).isEqualTo(200);
          }
          assertThat(store.reports().summary(Filter.ALL).accepted()).isPositive();
          for (Capture.Export export : Capture.of("2.1.330", "headless-grpc").exports()) {
            sender.send(Protocol.GRPC, export);
          }
          assertThat(store.reports().summary(Filter.ALL).linesAccepted()).isEqualTo(19);
        });
  }

  /** Facts have their own times: what the server's clock says changes none of them. */
  @Test
  void clock_thatJumps_changesNoFigure() throws Exception {
    Capture capture = Capture.of("2.1.330", "headless-grpc");
    Instant right = Instant.parse("2026-11-22T12:00:00Z");
    withStore(
        (store, sender) -> {
          for (Duration off : List.of(Duration.ZERO, Duration.ofDays(400), Duration.ofDays(-800))) {
            now = right.plus(off);
            for (Capture.Export export : capture.exports()) {
              sender.send(Protocol.GRPC, export);
            }
            checkFigures(capture, store.reports().summary(Filter.ALL));
          }
          assertThat(store.reports().coverage().exporters()).as("the client, twice").hasSize(2);
        });
  }

  private void withStore(Check check) throws Exception {
    try (Store store = Stores.open(StoreOptions.in(folder.resolve("data")).withFsync(false))) {
      OtlpReceiver receiver =
          new OtlpReceiver(
              OtlpOptions.loopback(0, 0),
              new Interpreter(),
              store,
              OpenTelemetry.noop().getMeter("test"),
              () -> now);
      receiver.start();
      try (Sender sender = new Sender(receiver)) {
        check.run(store, sender);
      } finally {
        receiver.shutdown(Duration.ofSeconds(5));
      }
    }
  }

  private interface Check {
    void run(Store store, Sender sender) throws Exception;
  }
}
