package dev.assay.agent;

import dev.assay.agent.status.Complaints;
import dev.assay.agent.wire.AgentResource;
import dev.assay.proto.signature.SigningKey;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Everything at once to standard output, no network, no state. */
@Command(
    name = "export",
    description = {
      "Write everything that the transcripts tell to standard output, once, and end.",
      "The output is a sequence of OTLP ExportLogsServiceRequest messages, each with its length"
          + " before it (protobuf's writeDelimitedTo). Nothing is sent, nothing is kept."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    footer = {"", "Example:", "  assay-agent export --claude-home ~/.claude > session-facts.otlp"})
final class ExportCommand implements Callable<Integer> {
  private static final long PROGRESS_MILLIS = 1_000;

  @Mixin private final Homes homes = new Homes();
  @Mixin private final ContentMode contentMode = new ContentMode();

  private long toldMillis = System.currentTimeMillis();

  @Override
  public Integer call() throws IOException {
    SigningKey key = contentMode.key(null);
    if (homes.folders().stream().noneMatch(Files::isDirectory)) {
      System.err.println("assay agent: no Claude Code folder: " + homes.folders());
      return Main.EXIT_NOTHING_TO_DO;
    }
    Complaints complaints = new Complaints(System.err);
    // Standard output may be cut off by the reader; PrintStream would hide that.
    StandardOutput sink = new StandardOutput(new FileOutputStream(FileDescriptor.out));
    AgentResource resource = AgentResource.of(instanceId());
    try (Reading reading = new Reading(homes.folders(), null, resource, sink, key, complaints)) {
      reading.capture.readAll(reading.observer, () -> progress(reading, System.err));
      reading.outbound.flush();
      sink.sync();
      summary(reading, complaints, System.err);
    }
    return 0;
  }

  /** The same for the same machine and folders, so that the same facts come from the same agent. */
  private String instanceId() {
    String name = AgentResource.hostName() + homes.folders();
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private void progress(Reading reading, PrintStream err) {
    long now = System.currentTimeMillis();
    if (now - toldMillis >= PROGRESS_MILLIS) {
      toldMillis = now;
      err.printf(
          "assay agent: read %d of %d MiB%n",
          reading.capture.bytesRead() >> 20, reading.capture.bytesTotal() >> 20);
    }
  }

  private static void summary(Reading reading, Complaints complaints, PrintStream err) {
    err.printf(
        "assay agent: %d transcripts, %d records read, exported %s, lines withheld %s, skipped %s%n",
        reading.capture.transcripts(),
        reading.capture.recordsRead(),
        reading.outbound.counts(),
        reading.withholding.counts(),
        complaints.counts());
  }
}
