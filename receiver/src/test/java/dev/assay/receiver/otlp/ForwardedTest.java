package dev.assay.receiver.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import dev.assay.proto.signature.Keyring;
import dev.assay.proto.signature.SigningKey;
import dev.assay.receiver.capture.Capture;
import dev.assay.receiver.capture.Figures;
import dev.assay.receiver.forward.ForwardOptions;
import dev.assay.receiver.forward.Forwarder;
import dev.assay.receiver.interpret.Interpreter;
import dev.assay.receiver.redaction.Redaction;
import dev.assay.receiver.redaction.RedactionRule;
import dev.assay.receiver.redaction.Redactions;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.metrics.Meter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One receiver in front of another: what real clients sent reaches both. */
class ForwardedTest {
  private static final String USER_ID =
      "dd4579ea044ee0284d3487b2b31be59ef8242af038512ef979d5e6a6958eb58d";

  @TempDir Path folder;

  private final RecordingStore front = new RecordingStore();
  private final RecordingStore behind = new RecordingStore();
  private final OtlpReceiver backend = receiver(behind, Redactions.none(), Forwarder.none());

  private static Meter meter() {
    return OpenTelemetry.noop().getMeter("test");
  }

  private static OtlpReceiver receiver(
      RecordingStore store, Redactions redactions, Forwarder forwarder) {
    OtlpReceiver receiver =
        new OtlpReceiver(
            OtlpOptions.loopback(0, 0),
            redactions,
            new Interpreter(),
            store,
            forwarder,
            meter(),
            InstantSource.system());
    try {
      receiver.start();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return receiver;
  }

  @AfterEach
  void stop() {
    backend.shutdown(Duration.ofSeconds(5));
  }

  private ForwardOptions backend(boolean grpc) {
    int port = grpc ? backend.grpcPort() : backend.httpPort();
    return ForwardOptions.to(
        grpc ? "otlp/backend" : "otlphttp/backend", grpc, URI.create("http://127.0.0.1:" + port));
  }

  @ParameterizedTest
  @CsvSource({"GRPC,true", "GRPC,false", "HTTP_PROTOBUF,true", "HTTP_JSON,true", "HTTP_JSON,false"})
  void captures_sayTheSameBehindAsInFront(Protocol protocol, boolean grpc) throws Exception {
    Forwarder forwarder = new Forwarder(List.of(backend(grpc)), meter(), InstantSource.system());
    forwarder.start();
    OtlpReceiver receiver = receiver(front, Redactions.none(), forwarder);
    try (Sender sender = new Sender(receiver)) {
      for (Capture capture : Capture.all()) {
        for (Capture.Export export : capture.exports()) {
          sender.send(protocol, export);
        }
      }
    }
    receiver.shutdown(Duration.ofSeconds(5));
    forwarder.shutdown(Duration.ofSeconds(30));
    assertThat(front.committed()).isNotEmpty();
    Figures here = Figures.of(front.committed());
    Figures there = Figures.of(behind.committed());
    assertThat(here.linesAdded()).isEqualTo(134);
    assertThat(there) // but for the lines that are counted in tool_input, which stays here
        .isEqualTo(
            new Figures(
                here.accepted(),
                here.rejected(),
                here.blocked(),
                0,
                here.requests(),
                here.tokens(),
                here.costUsd(),
                here.linesCounted(),
                here.sessions()));
  }

  @Test
  void backendThatIsGone_costsTheReceiverNothing() throws Exception {
    List<ForwardOptions> gone = List.of(backend(true), backend(false));
    backend.shutdown(Duration.ZERO);
    Forwarder forwarder = new Forwarder(gone, meter(), InstantSource.system());
    forwarder.start();
    OtlpReceiver receiver = receiver(front, Redactions.none(), forwarder);
    try (Sender sender = new Sender(receiver)) {
      for (Capture.Export export : Capture.of("2.1.330", "headless-grpc").exports()) {
        sender.send(Protocol.GRPC, export);
      }
    }
    receiver.shutdown(Duration.ofSeconds(5));
    forwarder.shutdown(Duration.ofMillis(10));
    assertThat(Figures.of(front.committed()).accepted()).isEqualTo(3);
    assertThat(behind.committed()).isEmpty();
  }

  @Test
  void redactedText_isNeitherStoredNorPassedOn() throws Exception {
    Path file = folder.resolve("key");
    Keyring.make(file);
    SigningKey key = Keyring.read(file, null).first();
    Redaction redaction =
        new Redaction(
            List.of(
                new RedactionRule.Change(
                    "a.actions[0]", RedactionRule.Action.HASH, "enduser.id", null, null, null),
                new RedactionRule.Change(
                    "a.actions[1]",
                    RedactionRule.Action.DELETE,
                    null,
                    Pattern.compile("^(user.id|organization.id)$"),
                    null,
                    null),
                new RedactionRule.Mask(
                    "redaction",
                    true,
                    Set.of(),
                    Set.of(),
                    List.of(Pattern.compile("^terminal.type$")),
                    List.of(Pattern.compile("plat[a-z]+")),
                    List.of())),
            key,
            meter());
    ByteArrayOutputStream passed = new ByteArrayOutputStream();
    com.sun.net.httpserver.HttpServer sink =
        com.sun.net.httpserver.HttpServer.create(
            new java.net.InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), 0), 0);
    sink.createContext(
        "/",
        exchange -> {
          synchronized (passed) {
            passed.write(exchange.getRequestBody().readAllBytes());
          }
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    sink.start();
    ForwardOptions plain =
        ForwardOptions.to(
            "otlphttp/sink", false, URI.create("http://127.0.0.1:" + sink.getAddress().getPort()));
    Forwarder forwarder =
        new Forwarder(List.of(plain.withoutCompression()), meter(), InstantSource.system());
    forwarder.start();
    OtlpReceiver receiver =
        receiver(front, new Redactions(redaction, redaction, redaction), forwarder);
    List<String> secrets = new ArrayList<>();
    try (Sender sender = new Sender(receiver)) {
      for (Capture capture : Capture.all()) {
        for (Capture.Export export : capture.exports()) {
          secrets.addAll(texts(export.asProtobuf()));
          sender.send(Protocol.HTTP_JSON, export);
        }
      }
    }
    receiver.shutdown(Duration.ofSeconds(5));
    forwarder.shutdown(Duration.ofSeconds(30));
    sink.stop(0);
    String stored = front.committed().toString();
    String left = passed.toString(StandardCharsets.ISO_8859_1);
    assertThat(Set.copyOf(secrets)).hasSize(4);
    for (String secret : secrets) {
      assertThat(stored).as(secret).doesNotContain(secret);
      assertThat(left).as(secret).doesNotContain(secret);
    }
    assertThat(Figures.of(front.committed()).accepted()).isEqualTo(22);
    assertThat(left).contains("claude_code.").contains("****");
  }

  /** Every value that the rules of the test above mean, as the captures have it. */
  private static List<String> texts(byte[] message) {
    String all = new String(message, StandardCharsets.ISO_8859_1);
    List<String> found = new ArrayList<>();
    for (String word : List.of("dev@example.com", "xterm-256color", "platform", USER_ID)) {
      if (all.contains(word)) {
        found.add(word);
      }
    }
    return found;
  }
}
