package dev.assay.web.status;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where a server listens, kept as {@code server.json} in its data directory while it runs. One that
 * was killed leaves it behind, hence {@link #alive}.
 *
 * @param pid of its process
 * @param web dashboard and API, as somebody on this machine asks for them
 */
public record ServerStatus(long pid, Place web, Place otlpGrpc, Place otlpHttp) {
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /** A file without one of them is none: a reader takes it as if no server ran. */
  public ServerStatus {
    Objects.requireNonNull(web);
    Objects.requireNonNull(otlpGrpc);
    Objects.requireNonNull(otlpHttp);
  }

  /**
   * How a listener is reached.
   *
   * @param address without a slash at its end, for instance {@code https://127.0.0.1:8443}
   * @param token whether it asks for one
   * @param certFile the certificate that it shows, PEM; null where it speaks no TLS
   */
  public record Place(String address, boolean token, @Nullable String certFile) {}

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

  private boolean alive() {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }
}
