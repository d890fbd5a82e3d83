package dev.assay.receiver.forward;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import java.util.Locale;

/** The three kinds of request that are passed on. */
public enum ForwardedSignal {
  LOGS,
  METRICS,
  TRACES;

  /** For instance {@code logs}. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Behind the endpoint of OTLP over HTTP. */
  String path() {
    return "v1/" + label();
  }

  MethodDescriptor<? extends Message, ? extends Message> grpcMethod() {
    return switch (this) {
      case LOGS -> LogsServiceGrpc.getExportMethod();
      case METRICS -> MetricsServiceGrpc.getExportMethod();
      case TRACES -> TraceServiceGrpc.getExportMethod();
    };
  }

  Message request() {
    return switch (this) {
      case LOGS -> ExportLogsServiceRequest.getDefaultInstance();
      case METRICS -> ExportMetricsServiceRequest.getDefaultInstance();
      case TRACES -> ExportTraceServiceRequest.getDefaultInstance();
    };
  }

  /** How many records an endpoint's answer says that it did not take. */
  long rejected(byte[] response) throws InvalidProtocolBufferException {
    long rejected =
        switch (this) {
          case LOGS ->
              ExportLogsServiceResponse.parseFrom(response)
                  .getPartialSuccess()
                  .getRejectedLogRecords();
          case METRICS ->
              ExportMetricsServiceResponse.parseFrom(response)
                  .getPartialSuccess()
                  .getRejectedDataPoints();
          case TRACES ->
              ExportTraceServiceResponse.parseFrom(response).getPartialSuccess().getRejectedSpans();
        };
    return Math.max(0, rejected);
  }
}
