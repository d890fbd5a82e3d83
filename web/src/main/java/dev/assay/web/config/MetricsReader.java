package dev.assay.web.config;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where Assay's own metrics go as OTLP, beside {@code /metrics}: an element of {@code
 * service.telemetry.metrics.readers}, in the shape of OpenTelemetry's declarative configuration.
 *
 * @param interval between two exports
 * @param headers of each request; they may hold secrets
 */
public record MetricsReader(
    OtlpExporter.Protocol protocol, URI endpoint, Map<String, String> headers, Duration interval) {
  private static final String[] PROTOCOLS = {"grpc", "http/protobuf"};

  public MetricsReader {
    headers = Map.copyOf(headers);
  }

  static List<MetricsReader> readAll(Section metrics) throws ConfigException {
    List<MetricsReader> readers = new ArrayList<>();
    for (Section reader : metrics.sections("readers")) {
      readers.add(read(reader));
    }
    metrics.done();
    return readers;
  }

  private static MetricsReader read(Section reader) throws ConfigException {
    Section periodic = reader.section("periodic");
    Section exporter = periodic.section("exporter");
    Section otlp = exporter.section("otlp");
    Map<String, String> headers = new LinkedHashMap<>();
    for (Section header : otlp.sections("headers")) {
      Headers.check(header.key(), header.required("name"), header.required("value"));
      headers.put(header.required("name"), header.required("value"));
      header.done();
    }
    String protocol = otlp.oneOf("protocol", PROTOCOLS[0], PROTOCOLS);
    MetricsReader read =
        new MetricsReader(
            protocol.equals(PROTOCOLS[0])
                ? OtlpExporter.Protocol.GRPC
                : OtlpExporter.Protocol.HTTP_PROTOBUF,
            otlp.address("endpoint", "http"),
            headers,
            Duration.ofMillis(periodic.whole("interval", 60_000, 100, 3_600_000)));
    otlp.done();
    exporter.done();
    periodic.done();
    reader.done();
    return read;
  }

  /** Without the headers' values: they may be secrets. */
  @Override
  public String toString() {
    return protocol + " " + endpoint + " every " + interval + " with headers " + headers.keySet();
  }
}
