package dev.assay.bench.ingest;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The load generator, in a process of its own; prints one line of numbers for each phase. */
@Command(
    name = "load",
    description = {
      "sends as fast as it is acknowledged, then at half of that rate; prints for each of the two:",
      "records/s, us of the server's processor time a record, latency in ms (median, 99 of 100),",
      "seconds after it until the server had nothing to do any more"
    })
final class LoadCommand implements Callable<Integer> {
  @Option(names = "--endpoint", required = true, description = "HOST:PORT of the server")
  private String endpoint = "";

  @Option(names = "--pid", required = true, description = "of the server, for its processor time")
  private long pid;

  @Option(names = "--senders", description = "at one time (default ${DEFAULT-VALUE})")
  private int senders = 8;

  @Option(names = "--records", description = "in one request (default ${DEFAULT-VALUE})")
  private int records = 512;

  @Option(names = "--warm", description = "seconds before the clock starts (${DEFAULT-VALUE})")
  private int warm = 30;

  @Option(names = "--seconds", description = "that each phase takes (default ${DEFAULT-VALUE})")
  private int seconds = 20;

  @Override
  public Integer call() throws Exception {
    try (Senders run = new Senders(endpoint, pid, senders, records)) {
      run.send(warm, 0);
      Phase full = run.send(seconds, 0);
      print(full);
      print(run.send(seconds, full.requestsPerSecond() / 2));
    }
    return 0;
  }

  private void print(Phase phase) {
    System.out.printf(
        Locale.ROOT,
        "%.0f %.3f %.2f %.2f %.1f%n",
        phase.requestsPerSecond() * records,
        phase.cpuSeconds() * 1e6 / (phase.requests() * (double) records),
        phase.latencyMillis(0.5),
        phase.latencyMillis(0.99),
        phase.settledSeconds());
  }
}
