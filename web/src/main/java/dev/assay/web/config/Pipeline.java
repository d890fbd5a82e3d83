package dev.assay.web.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is done to a signal between its arrival and the store. Without {@code service.pipelines}
 * every processor and exporter of the file takes part, in the file's order; with it, those that it
 * names, in its order. The store takes part always.
 *
 * @param processors in the order in which they work
 * @param exporters the further endpoints that get what the processors leave
 */
public record Pipeline(List<Processor> processors, List<OtlpExporter> exporters) {
  private static final Set<String> OWN_RECEIVERS = Set.of("otlp", "claude_code", "git");
  private static final Set<String> OWN_PROCESSORS = Set.of("lines", "attribution");
  private static final Set<String> OWN_EXPORTERS = Set.of("store", "dashboard");

  public Pipeline {
    processors = List.copyOf(processors);
    exporters = List.copyOf(exporters);
  }

  /** Several pipelines of one signal, {@code logs} and {@code logs/audit}, work in turn. */
  static Pipeline read(
      Section pipelines,
      String signal,
      Map<String, Processor> processors,
      Map<String, OtlpExporter> exporters)
      throws ConfigException {
    Set<Processor> worked = new LinkedHashSet<>();
    Set<OtlpExporter> reached = new LinkedHashSet<>();
    for (String name : pipelines.names()) {
      if (!name.equals(signal) && !name.startsWith(signal + "/")) {
        continue;
      }
      Section pipeline = pipelines.section(name);
      named(pipeline, "receivers", Map.of(), OWN_RECEIVERS);
      worked.addAll(named(pipeline, "processors", processors, OWN_PROCESSORS));
      reached.addAll(named(pipeline, "exporters", exporters, OWN_EXPORTERS));
      pipeline.done();
    }
    return new Pipeline(List.copyOf(worked), List.copyOf(reached));
  }

  private static <T> List<T> named(
      Section pipeline, String kind, Map<String, T> defined, Set<String> own)
      throws ConfigException {
    List<T> named = new ArrayList<>();
    for (String id : pipeline.texts(kind)) {
      T component = defined.get(id);
      if (component != null) {
        named.add(component);
      } else if (!own.contains(id)) {
        throw new ConfigException(
            pipeline.key() + "." + kind + ": '" + id + "' does not stand under " + kind);
      }
    }
    return named;
  }
}
