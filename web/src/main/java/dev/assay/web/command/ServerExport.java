package dev.assay.web.command;

import dev.assay.web.status.ServerStatus;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The exports of a server, through its API: the store belongs to the server's process alone. */
final class ServerExport {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final JsonMapper JSON = new JsonMapper();

  private final URI address;

  private ServerExport(URI address) {
    this.address = address;
  }

  /**
   * The server at an address, else the one that runs on a data directory.
   *
   * @throws CommandFailedException where none runs there
   */
  static ServerExport of(@Nullable URI named, Path data) throws CommandFailedException {
    if (named != null) {
      return new ServerExport(named);
    }
    ServerStatus status =
        ServerStatus.ofRunning(data)
            .orElseThrow(
                () ->
                    new CommandFailedException(
                        "no server runs on "
                            + data
                            + ": start one with assay up, name another directory with --data, or"
                            + " an address with --server"));
    return new ServerExport(URI.create(status.dashboard()));
  }

  /** Begins an export; who reads it gets an error where the server cannot bring it to its end. */
  InputStream open(String name, Map<String, String> filters)
      throws CommandFailedException, InterruptedException {
    String query =
        filters.entrySet().stream()
            .map(f -> f.getKey() + '=' + URLEncoder.encode(f.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    try {
      URI uri = address.resolve("/api/v1/export/" + name + (query.isEmpty() ? "" : "?" + query));
      HttpResponse<InputStream> response =
          HttpClient.newBuilder()
              .connectTimeout(CONNECT_LIMIT)
              .build()
              .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofInputStream());
      if (response.statusCode() != 200) {
        throw new CommandFailedException(said(response));
      }
      return response.body();
    } catch (IOException | IllegalArgumentException e) {
      throw new CommandFailedException(
          "the server at " + address + " cannot be asked: " + e.getMessage(), e);
    }
  }

  /** The server's own sentence. */
  private static String said(HttpResponse<InputStream> response) throws IOException {
    try (InputStream body = response.body()) {
      String detail = JSON.readTree(body.readNBytes(1 << 16)).path("detail").asString("");
      if (!detail.isEmpty()) {
        return "the server refused: " + detail;
      }
    } catch (JacksonException e) {
      // No server of ours: told below.
    }
    return "the server answered " + response.statusCode() + " at " + response.uri();
  }
}
