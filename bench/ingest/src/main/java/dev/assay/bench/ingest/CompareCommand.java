package dev.assay.bench.ingest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** All receivers by turns, some rounds, in one run. */
@Command(
    name = "compare",
    description = "runs the ceiling, Assay and the Collector by turns, and prints a table")
final class CompareCommand implements Callable<Integer> {
  @Option(names = "--rounds", description = "(default ${DEFAULT-VALUE})")
  private int rounds = 5;

  @Option(names = "--collector", description = "the Collector's program, of collector.sh")
  private @Nullable Path collector;

  @Option(names = "--data", description = "folder for what they keep; emptied before each")
  private Path data = Path.of("target", "ingest-data");

  @Option(names = "--load", description = "options of load, separated by spaces")
  private String load = "";

  private final Map<String, List<double[]>> results = new LinkedHashMap<>();

  @Override
  public Integer call() throws Exception {
    if (collector == null) {
      System.out.println("No Collector: bench/ingest/collector.sh builds it where go is there.");
    }
    for (int round = 1; round <= rounds; round++) {
      measure("decode and count", Subject.java(List.of("--count")));
      Subject.delete(data);
      measure("Assay", Subject.java(List.of("--data", data.toString())));
      Subject.delete(data);
      if (collector != null) {
        measure("Collector", Subject.collector(collector, data.toAbsolutePath()));
        Subject.delete(data);
      }
      System.out.printf("after %d of %d rounds%n", round, rounds);
      print();
    }
    return 0;
  }

  private void measure(String name, Subject subject) throws Exception {
    try (subject) {
      List<String> options = new ArrayList<>();
      options.add("--endpoint=" + subject.endpoint());
      options.add("--pid=" + subject.pid());
      options.addAll(Arrays.stream(load.split(" ")).filter(word -> !word.isEmpty()).toList());
      Process process = JavaProcess.start("load", options);
      List<String> lines;
      try (var out = process.inputReader(StandardCharsets.UTF_8)) {
        lines = out.lines().toList();
      }
      if (process.waitFor() != 0 || lines.size() != 2) {
        throw new IOException("the load generator failed on " + name);
      }
      double[] numbers =
          Arrays.stream(String.join(" ", lines).split(" "))
              .mapToDouble(Double::parseDouble)
              .toArray();
      results.computeIfAbsent(name, added -> new ArrayList<>()).add(numbers);
      System.out.printf("%s: %s%n", name, Arrays.toString(numbers));
    }
  }

  private void print() {
    System.out.println(
        "| Receiver | records/s (least to most) | us a record (server) | records per CPU-second"
            + " | idle again after, s | 99 of 100 at half load, ms (least to most) |");
    System.out.println("| --- | ---: | ---: | ---: | ---: | ---: |");
    results.forEach(
        (name, runs) ->
            System.out.printf(
                "| %s | %,.0f (%,.0f to %,.0f) | %.2f | %,.0f | %.1f | %.1f (%.1f to %.1f) |%n",
                name,
                at(runs, 0, 0.5),
                at(runs, 0, 0),
                at(runs, 0, 1),
                at(runs, 1, 0.5),
                1e6 / at(runs, 1, 0.5),
                at(runs, 4, 0.5),
                at(runs, 8, 0.5),
                at(runs, 8, 0),
                at(runs, 8, 1)));
  }

  private static double at(List<double[]> runs, int column, double share) {
    double[] sorted = runs.stream().mapToDouble(run -> run[column]).sorted().toArray();
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }
}
