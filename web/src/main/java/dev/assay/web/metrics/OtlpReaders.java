package dev.assay.web.metrics;

import dev.assay.web.config.MetricsReader;
import dev.assay.web.config.OtlpExporter;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporterBuilder;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporter;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporterBuilder;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.metrics.export.MetricReader;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import java.util.UUID;

/** Sends Assay's own metrics as OTLP, with the SDK's exporters. */
final class OtlpReaders {
  private OtlpReaders() {}

  static MetricReader of(MetricsReader to) {
    return PeriodicMetricReader.builder(new QuietExporter(exporter(to), to.endpoint()))
        .setInterval(to.interval())
        .build();
  }

  /** Another instance at each start: its counters begin anew. */
  static Resource resource() {
    return Resource.create(
        Attributes.builder()
            .put("service.name", "assay-server")
            .put("service.instance.id", UUID.randomUUID().toString())
            .build());
  }

  private static MetricExporter exporter(MetricsReader to) {
    String endpoint = to.endpoint().toString();
    if (to.protocol() == OtlpExporter.Protocol.GRPC) {
      OtlpGrpcMetricExporterBuilder grpc =
          OtlpGrpcMetricExporter.builder().setEndpoint(endpoint).setCompression("gzip");
      to.headers().forEach(grpc::addHeader);
      return grpc.build();
    }
    OtlpHttpMetricExporterBuilder http =
        OtlpHttpMetricExporter.builder().setEndpoint(endpoint).setCompression("gzip");
    to.headers().forEach(http::addHeader);
    return http.build();
  }
}
