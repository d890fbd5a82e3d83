package dev.assay.web.command;

import dev.assay.receiver.forward.AgentRecords;
import dev.assay.receiver.forward.ForwardOptions;
import dev.assay.receiver.forward.ForwardedSignal;
import dev.assay.web.config.Config;
import dev.assay.web.config.ConfigException;
import dev.assay.web.config.MetricsReader;
import dev.assay.web.config.OtlpExporter;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The configured exporters as the forwarder wants them. */
final class Forwarding {
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  private Forwarding() {}

  /**
   * One for each exporter that a pipeline names.
   *
   * @throws ConfigException where an exporter leads back into this server
   */
  static List<ForwardOptions> of(Config config) throws ConfigException {
    Map<ForwardedSignal, List<OtlpExporter>> exporters = new EnumMap<>(ForwardedSignal.class);
    exporters.put(ForwardedSignal.LOGS, config.pipelines().logs().exporters());
    exporters.put(ForwardedSignal.METRICS, config.pipelines().metrics().exporters());
    exporters.put(ForwardedSignal.TRACES, config.pipelines().traces().exporters());
    Map<OtlpExporter, Set<ForwardedSignal>> signals = new LinkedHashMap<>();
    exporters.forEach(
        (signal, of) ->
            of.forEach(
                exporter ->
                    signals
                        .computeIfAbsent(exporter, any -> EnumSet.noneOf(ForwardedSignal.class))
                        .add(signal)));
    List<ForwardOptions> options = new ArrayList<>();
    for (Map.Entry<OtlpExporter, Set<ForwardedSignal>> entry : signals.entrySet()) {
      OtlpExporter to = entry.getKey();
      refuseCircle(config, "exporters." + to.id() + ".endpoint", to.endpoint());
      options.add(options(config, entry.getKey(), entry.getValue()));
    }
    return options;
  }

  /**
   * Where Assay's own metrics are sent.
   *
   * @throws ConfigException where that is this server
   */
  static List<MetricsReader> readers(Config config) throws ConfigException {
    for (MetricsReader reader : config.metricsReaders()) {
      refuseCircle(config, "service.telemetry.metrics.readers", reader.endpoint());
    }
    return config.metricsReaders();
  }

  private static void refuseCircle(Config config, String key, URI to) throws ConfigException {
    boolean ours =
        to.getPort() > 0
            && (to.getPort() == config.otlpGrpc().port()
                || to.getPort() == config.otlpHttp().port());
    if (ours && LOOPBACK.contains(to.getHost())) {
      throw new ConfigException(
          key + ": '" + to + "' is this server itself: what arrives would go round for ever");
    }
  }

  private static ForwardOptions options(
      Config config, OtlpExporter exporter, Set<ForwardedSignal> signals) {
    OtlpExporter.SendingQueue queue = exporter.sendingQueue();
    OtlpExporter.RetryOnFailure retry = exporter.retryOnFailure();
    return new ForwardOptions(
        exporter.id(),
        exporter.protocol() == OtlpExporter.Protocol.GRPC,
        exporter.endpoint(),
        exporter.headers(),
        exporter.tls(),
        exporter.compression().equals("gzip"),
        exporter.timeout(),
        new ForwardOptions.Queue(
            queue.queueBytes(),
            queue.queueRequests(),
            queue.numConsumers(),
            queue.dropOldest()
                ? ForwardOptions.Overflow.DROP_OLDEST
                : ForwardOptions.Overflow.DROP_NEWEST),
        new ForwardOptions.Retry(
            retry.enabled(),
            retry.initialInterval(),
            retry.randomizationFactor(),
            retry.multiplier(),
            retry.maxInterval(),
            retry.maxElapsedTime()),
        signals,
        AgentRecords.valueOf(exporter.agentRecords().toUpperCase(Locale.ROOT)),
        !config.signature(),
        exporter.allowAttributes());
  }
}
