package dev.assay.receiver.otlp;

import com.google.protobuf.Message;
import dev.assay.receiver.forward.ForwardedSignal;
import dev.assay.receiver.interpret.Interpretation;
import dev.assay.receiver.interpret.Interpreter;
import dev.assay.receiver.redaction.Redaction;
import dev.assay.receiver.redaction.Redactions;
import io.grpc.MethodDescriptor;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsPartialSuccess;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import java.time.Instant;
import java.util.Locale;

/** The three kinds of OTLP request. */
enum Signal {
  LOGS("/v1/logs", LogsServiceGrpc.SERVICE_NAME),
  METRICS("/v1/metrics", MetricsServiceGrpc.SERVICE_NAME),
  TRACES("/v1/traces", TraceServiceGrpc.SERVICE_NAME);

  private final String path;
  private final String grpcService;

  Signal(String path, String grpcService) {
    this.path = path;
    this.grpcService = grpcService;
  }

  /** Of OTLP over HTTP. */
  String path() {
    return path;
  }

  String grpcService() {
    return grpcService;
  }

  /** The label of a gRPC method's signal; {@code other} for any other method. */
  static String labelOf(String fullMethodName) {
    for (Signal signal : values()) {
      if (fullMethodName.startsWith(signal.grpcService + "/")) {
        return signal.label();
      }
    }
    return "other";
  }

  MethodDescriptor<? extends Message, ? extends Message> grpcMethod() {
    return switch (this) {
      case LOGS -> LogsServiceGrpc.getExportMethod();
      case METRICS -> MetricsServiceGrpc.getExportMethod();
      case TRACES -> TraceServiceGrpc.getExportMethod();
    };
  }

  /** An empty request. */
  Message request() {
    return switch (this) {
      case LOGS -> ExportLogsServiceRequest.getDefaultInstance();
      case METRICS -> ExportMetricsServiceRequest.getDefaultInstance();
      case TRACES -> ExportTraceServiceRequest.getDefaultInstance();
    };
  }

  /** For instance {@code logs}. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What is done to it before anything else. */
  Redaction redaction(Redactions redactions) {
    return switch (this) {
      case LOGS -> redactions.logs();
      case METRICS -> redactions.metrics();
      case TRACES -> redactions.traces();
    };
  }

  /** As it is passed on. */
  ForwardedSignal forwarded() {
    return switch (this) {
      case LOGS -> ForwardedSignal.LOGS;
      case METRICS -> ForwardedSignal.METRICS;
      case TRACES -> ForwardedSignal.TRACES;
    };
  }

  Interpretation interpret(Interpreter interpreter, Message request, Instant receivedAt) {
    return switch (this) {
      case LOGS -> interpreter.logs((ExportLogsServiceRequest) request, receivedAt);
      case METRICS -> interpreter.metrics((ExportMetricsServiceRequest) request, receivedAt);
      case TRACES -> interpreter.traces((ExportTraceServiceRequest) request);
    };
  }

  /**
   * The answer to a request.
   *
   * @param rejected how many of its records were wrong; spans never are: they are dropped on
   *     purpose, and an exporter need not hear of it each time
   * @param message names the first of them and its fault
   */
  Message response(long rejected, String message) {
    return switch (this) {
      case LOGS ->
          rejected == 0
              ? ExportLogsServiceResponse.getDefaultInstance()
              : ExportLogsServiceResponse.newBuilder()
                  .setPartialSuccess(
                      ExportLogsPartialSuccess.newBuilder()
                          .setRejectedLogRecords(rejected)
                          .setErrorMessage(message))
                  .build();
      case METRICS ->
          rejected == 0
              ? ExportMetricsServiceResponse.getDefaultInstance()
              : ExportMetricsServiceResponse.newBuilder()
                  .setPartialSuccess(
                      ExportMetricsPartialSuccess.newBuilder()
                          .setRejectedDataPoints(rejected)
                          .setErrorMessage(message))
                  .build();
      case TRACES -> ExportTraceServiceResponse.getDefaultInstance();
    };
  }
}
