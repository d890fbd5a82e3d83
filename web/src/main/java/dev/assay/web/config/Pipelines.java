package dev.assay.web.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is done to each signal between its arrival and the store. */
public record Pipelines(Pipeline logs, Pipeline metrics, Pipeline traces) {
  /** Nothing is. */
  public static Pipelines none() {
    Pipeline empty = new Pipeline(List.of(), List.of());
    return new Pipelines(empty, empty, empty);
  }

  static Pipelines read(ConfigFile file) throws ConfigException {
    Map<String, Processor> processors = new LinkedHashMap<>();
    for (Section each : file.components("processors.attributes", "processors.redaction")) {
      Processor read = Processor.read(each);
      processors.put(read.id(), read);
    }
    Map<String, OtlpExporter> exporters = new LinkedHashMap<>();
    for (Section each : file.components(OtlpExporter.KEYS)) {
      OtlpExporter read = OtlpExporter.read(each);
      exporters.put(read.id(), read);
    }
    Section named = file.section("service.pipelines");
    if (named.names().isEmpty()) {
      Pipeline all =
          new Pipeline(List.copyOf(processors.values()), List.copyOf(exporters.values()));
      return new Pipelines(all, all, all);
    }
    Pipelines read =
        new Pipelines(
            Pipeline.read(named, "logs", processors, exporters),
            Pipeline.read(named, "metrics", processors, exporters),
            Pipeline.read(named, "traces", processors, exporters));
    named.has("logs");
    named.has("metrics");
    named.has("traces");
    named.done();
    return read;
  }
}
