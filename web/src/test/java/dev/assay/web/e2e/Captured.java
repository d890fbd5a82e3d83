package dev.assay.web.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** One captured session of the real client: its transcript, and what its telemetry sent. */
public final class Captured {
  /** What the clients of the captures had as their working directories. */
  private static final String CAPTURED_CHECKOUT = "/home/dev/src/(inventory|pricing)";

  private static final Path CAPTURES = Path.of(System.getProperty("assay.testdata"), "captures");

  private final Path folder;
  private final String fileName;

  /**
   * @param name version and run, for instance {@code claude-code-2.1.330/headless-grpc}
   */
  public Captured(String name) {
    this.folder = CAPTURES.resolve(name);
    this.fileName = name.replace('/', '-') + ".jsonl";
  }

  /** Puts the transcript into a claude home, as if it had worked in the checkout. */
  void into(Path claudeHome, Path checkout) throws IOException {
    Path project =
        Files.createDirectories(
            claudeHome
                .resolve("projects")
                .resolve(checkout.toString().replaceAll("[^A-Za-z0-9]", "-")));
    Files.writeString(project.resolve(fileName), transcript(checkout));
  }

  /** The transcript, as if it had worked in the checkout. */
  String transcript(Path checkout) throws IOException {
    return Files.readString(folder.resolve("transcript.jsonl"))
        .replaceAll(CAPTURED_CHECKOUT, checkout.toString());
  }

  /** The files of what the client sent, as protobuf, in their order. */
  public List<Path> requests() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".pb")).sorted().toList();
    }
  }

  /** What a request tells of: {@code logs} or {@code metrics}. */
  public static String signal(Path request) {
    String name = request.toString();
    return name.substring(name.lastIndexOf('-') + 1, name.length() - ".pb".length());
  }

  /** Sends again what the client sent over OTLP/HTTP with protobuf, in its order. */
  public void send(int otlpHttpPort) throws IOException, InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    for (Path request : requests()) {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(
                      URI.create("http://127.0.0.1:" + otlpHttpPort + "/v1/" + signal(request)))
                  .header("Content-Type", "application/x-protobuf")
                  .POST(HttpRequest.BodyPublishers.ofFile(request))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IOException(request + ": " + response.statusCode() + " " + response.body());
      }
    }
  }
}
