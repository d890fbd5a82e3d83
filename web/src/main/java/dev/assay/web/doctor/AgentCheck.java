package dev.assay.web.doctor;

import dev.assay.web.status.AgentStatus;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the agent of this data directory last wrote about itself. */
final class AgentCheck {
  private static final String SUBJECT = "agent";

  private AgentCheck() {}

  static void check(Path data, Consumer<Finding> findings) {
    Optional<AgentStatus> read = AgentStatus.read(data);
    if (read.isEmpty()) {
      findings.accept(
          Finding.note(
              SUBJECT,
              "none has run on this data directory",
              "Start it: assay up (with the server), or assay agent."));
      return;
    }
    AgentStatus status = read.get();
    String text =
        status.recordsRead()
            + " records of "
            + status.transcripts()
            + " transcripts read, "
            + status.exported()
            + " observations delivered";
    if (status.alive() && !"stopped".equals(status.state())) {
      findings.accept(Finding.ok(SUBJECT, "process " + status.pid() + ", " + text));
    } else {
      findings.accept(
          Finding.note(
              SUBJECT,
              "not running; up to its end: " + text,
              "Start it: assay up, or assay agent."));
    }
    counts("records skipped", status.recordsSkipped(), findings);
    counts("withheld for privacy", status.withheld(), findings);
    if (status.spooledBytes() > 0) {
      findings.accept(
          Finding.note(
              SUBJECT,
              status.spooledBytes() + " bytes wait on disk to be delivered",
              "They go out when the server takes them."));
    }
    String error = status.lastError();
    if (error != null && !error.isBlank()) {
      findings.accept(Finding.mend(SUBJECT, "its last trouble: " + error, "Mend what it names."));
    }
  }

  private static void counts(
      String what, @Nullable Map<String, Long> counts, Consumer<Finding> findings) {
    if (counts != null && counts.values().stream().anyMatch(count -> count > 0)) {
      findings.accept(Finding.note(SUBJECT, what + ": " + new TreeMap<>(counts), null));
    }
  }
}
