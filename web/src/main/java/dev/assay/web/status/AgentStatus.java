package dev.assay.web.status;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What the agent last wrote about itself to {@code agent/status.json} in the data directory. */
public record AgentStatus(
    long pid,
    @Nullable Instant updatedAt,
    @Nullable String state,
    @Nullable List<String> claudeHomes,
    long transcripts,
    long bytesTotal,
    long bytesRead,
    long recordsRead,
    @Nullable Map<String, Long> recordsSkipped,
    @Nullable Map<String, Long> observations,
    @Nullable Map<String, Long> withheld,
    long spooledBytes,
    long exported,
    long refused,
    List<Checkout> checkouts,
    @Nullable String lastError) {
  public AgentStatus {
    checkouts = checkouts == null ? List.of() : List.copyOf(checkouts); // an older agent tells none
  }

  /** A checkout that the agent came across, and the repositories that its remotes name. */
  public record Checkout(String root, @Nullable List<String> repositories) {}

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  static Path file(Path data) {
    return data.resolve("agent").resolve("status.json");
  }

  /** Empty where no agent ever wrote one, or where it cannot be read. */
  public static Optional<AgentStatus> read(Path data) {
    try {
      return Optional.of(JSON.readValue(Files.readAllBytes(file(data)), AgentStatus.class));
    } catch (IOException | JacksonException e) {
      return Optional.empty();
    }
  }

  /** Whether it has yet to read a part of what was there when it started. */
  public boolean scanning() {
    return "scanning".equals(state);
  }

  public boolean alive() {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }
}
