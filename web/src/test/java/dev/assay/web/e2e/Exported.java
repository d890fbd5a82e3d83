package dev.assay.web.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the agent's own command writes of a claude home, in a process of its own. */
public final class Exported {
  private Exported() {}

  /** The requests that it would send, in their order. */
  public static List<ExportLogsServiceRequest> of(Path claudeHome)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("assay-", ".exported");
    Path err = Files.createTempFile("assay-", ".err");
    try {
      Process agent =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+UseSerialGC",
                  "-cp",
                  System.getProperty("java.class.path"),
                  "dev.assay.agent.Main",
                  "export",
                  "--claude-home",
                  claudeHome.toString())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      assertThat(RunningAssay.exitCode(agent, err)).as(Files.readString(err)).isZero();
      return read(out);
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  private static List<ExportLogsServiceRequest> read(Path file) throws IOException {
    List<ExportLogsServiceRequest> requests = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file)) {
      for (ExportLogsServiceRequest request = ExportLogsServiceRequest.parseDelimitedFrom(in);
          request != null;
          request = ExportLogsServiceRequest.parseDelimitedFrom(in)) {
        requests.add(request);
      }
    }
    return requests;
  }
}
