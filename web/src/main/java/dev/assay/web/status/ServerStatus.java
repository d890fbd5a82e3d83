package dev.assay.web.status;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where a server listens, kept as {@code server.json} in its data directory while it runs. One that
 * was killed leaves it behind, hence {@link #alive}.
 *
 * @param pid of its process
 * @param webPort of dashboard and API
 */
public record ServerStatus(long pid, int webPort, int otlpGrpcPort, int otlpHttpPort) {
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private static Path file(Path data) {
    return data.resolve("server.json");
  }

  /** The server that runs on this data directory; empty where none does. */
  public static Optional<ServerStatus> ofRunning(Path data) {
    try {
      return Optional.of(JSON.readValue(Files.readAllBytes(file(data)), ServerStatus.class))
          .filter(ServerStatus::alive);
    } catch (IOException | JacksonException e) {
      return Optional.empty();
    }
  }

  /** Writes it, whole or not at all. */
  public void write(Path data) throws IOException {
    Path whole = file(data);
    Path unfinished = data.resolve("server.json.unfinished");
    Files.write(unfinished, JSON.writeValueAsBytes(this));
    Files.move(
        unfinished, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Takes it away: the server has stopped. */
  public static void remove(Path data) throws IOException {
    Files.deleteIfExists(file(data));
  }

  /** {@code http://127.0.0.1:<port>/}. */
  public String dashboard() {
    return "http://127.0.0.1:" + webPort + "/";
  }

  private boolean alive() {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }
}
