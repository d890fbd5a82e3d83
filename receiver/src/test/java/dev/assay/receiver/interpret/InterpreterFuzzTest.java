package dev.assay.receiver.interpret;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.assay.proto.telemetry.AssayAttributes;
import dev.assay.receiver.fuzz.Corpus;
import dev.assay.store.Store;
import dev.assay.store.StoreOptions;
import dev.assay.store.StoreUnavailableException;
import dev.assay.store.Stores;
import dev.assay.store.fact.Observation;
import dev.assay.store.report.Filter;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a request says, the interpreter throws nothing, keeps its equation (records = observed +
 * ignored + rejected), names a fault where it rejects, and says the same again when asked again.
 */
class InterpreterFuzzTest {
  private static final Interpreter INTERPRETER = new Interpreter();

  /** Of requests: logs, metrics and traces in protobuf. */
  public static final class Requests {
    private Requests() {}

    /** The fuzzer's door. */
    public static void fuzzerTestOneInput(byte[] input) {
      readRequests(input);
    }
  }

  /** Of the body of an edit, {@code assay.v1.EditLines}. */
  public static final class EditBodies {
    private EditBodies() {}

    /** The fuzzer's door. */
    public static void fuzzerTestOneInput(byte[] input) {
      readEdit(input);
    }
  }

  static Stream<Path> requests() {
    return Corpus.of("otlp-protobuf");
  }

  static Stream<Path> edits() {
    return Corpus.of("edit-lines");
  }

  @ParameterizedTest
  @MethodSource("requests")
  @Timeout(value = 1, unit = TimeUnit.MINUTES) // a hang, not a measurement
  void requests_replayed(Path input) throws IOException {
    Requests.fuzzerTestOneInput(Files.readAllBytes(input));
  }

  @ParameterizedTest
  @MethodSource("edits")
  @Timeout(value = 1, unit = TimeUnit.MINUTES)
  void edits_replayed(Path input) throws IOException {
    EditBodies.fuzzerTestOneInput(Files.readAllBytes(input));
  }

  @Test
  void eachCorpus_isUnderstood() throws IOException {
    assertThat(Corpus.reaches("otlp-protobuf", input -> !readRequests(input).isEmpty())).isTrue();
    assertThat(Corpus.reaches("edit-lines", input -> !readEdit(input).isEmpty())).isTrue();
  }

  /** What was understood must also be something that a real store takes. */
  @Test
  void whatIsObserved_isCommitted(@TempDir Path folder)
      throws IOException, StoreUnavailableException {
    try (Store store = Stores.open(StoreOptions.in(folder).withFsync(false))) {
      int observations = 0;
      for (Path input : Stream.concat(requests(), edits()).toList()) {
        List<Observation> observed = new ArrayList<>(readRequests(Files.readAllBytes(input)));
        observed.addAll(readEdit(Files.readAllBytes(input)));
        store.commit(observed);
        store.commit(observed);
        observations += observed.size();
      }
      assertThat(observations).isPositive();
      store.reports().summary(Filter.ALL); // which waits for the facts
      assertThat(store.health().setAside()).as("what could not be made a fact").isZero();
    }
  }

  private static List<Observation> readRequests(byte[] input) {
    List<Observation> observed = new ArrayList<>();
    try {
      ExportLogsServiceRequest logs = ExportLogsServiceRequest.parseFrom(input);
      observed.addAll(checked(() -> INTERPRETER.logs(logs, Logs.TIME)));
    } catch (InvalidProtocolBufferException other) {
      // EncodingFuzzTest has it.
    }
    try {
      ExportMetricsServiceRequest metrics = ExportMetricsServiceRequest.parseFrom(input);
      observed.addAll(checked(() -> INTERPRETER.metrics(metrics, Logs.TIME)));
    } catch (InvalidProtocolBufferException other) {
      // the same
    }
    try {
      ExportTraceServiceRequest traces = ExportTraceServiceRequest.parseFrom(input);
      observed.addAll(checked(() -> INTERPRETER.traces(traces)));
    } catch (InvalidProtocolBufferException other) {
      // the same
    }
    return observed;
  }

  private static List<Observation> readEdit(byte[] body) {
    LogRecord edit =
        Logs.record(
                AssayAttributes.SESSION_ID, "s",
                AssayAttributes.GEN_AI_TOOL_CALL_ID, "toolu_1",
                AssayAttributes.GEN_AI_TOOL_NAME, "Edit",
                AssayAttributes.FILE_PATH, "src/A.java")
            .setEventName("assay.edit")
            .setBody(AnyValue.newBuilder().setBytesValue(ByteString.copyFrom(body)))
            .build();
    return checked(() -> INTERPRETER.logs(Logs.ofAgent(edit), Logs.TIME));
  }

  private static List<Observation> checked(Reading reading) {
    Interpretation read = reading.read();
    long rejected = read.count(Reason.Kind.REJECTED);
    if (read.count(Reason.Kind.IGNORED) + rejected > read.records()) {
      throw new IllegalStateException("more records were left than came: " + read.counts());
    }
    if ((rejected > 0) != (read.complaint() != null)) {
      throw new IllegalStateException(rejected + " rejected, and the fault: " + read.complaint());
    }
    if (!reading.read().equals(read)) {
      throw new IllegalStateException("the same request says something else the second time");
    }
    return read.observations();
  }

  private interface Reading {
    Interpretation read();
  }
}
