package dev.assay.web.remote;

import dev.assay.receiver.tls.ClientTls;
import dev.assay.web.status.ServerStatus;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** A running server, asked from outside through its dashboard's listener. */
public final class RemoteServer {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /** Of an answer that is read whole; an overview is far shorter. */
  private static final int LIMIT_BYTES = 16 << 20;

  private static final JsonMapper JSON = new JsonMapper();

  private final URI address;
  private final Credentials credentials;
  private final HttpClient client;

  private RemoteServer(URI address, Credentials credentials, @Nullable ClientTls tls) {
    this.address = address;
    this.credentials = credentials;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .connectTimeout(LIMIT)
            .followRedirects(HttpClient.Redirect.NEVER); // a token goes nowhere else
    this.client = tls == null ? builder.build() : builder.sslContext(tls.context()).build();
  }

  /**
   * The server at an address, which begins with {@code http://} or {@code https://}.
   *
   * @throws NotAskedException where a file of the credentials cannot be used
   */
  public static RemoteServer at(URI address, Credentials credentials) throws NotAskedException {
    return new RemoteServer(address, credentials, secure(address) ? tls(credentials, null) : null);
  }

  /**
   * The server that runs on a data directory, at the address that it wrote down there. Its
   * certificate is known too: it need not be signed by anybody, unless the credentials say by whom.
   *
   * @return empty where none runs
   * @throws NotAskedException where a file of the credentials cannot be used
   */
  public static Optional<RemoteServer> on(Path data, Credentials credentials)
      throws NotAskedException {
    ServerStatus.Place place = ServerStatus.ofRunning(data).map(ServerStatus::web).orElse(null);
    if (place == null) {
      return Optional.empty();
    }
    URI address = URI.create(place.address());
    Path shown = place.certFile() == null ? null : Path.of(place.certFile());
    return Optional.of(
        new RemoteServer(address, credentials, secure(address) ? tls(credentials, shown) : null));
  }

  private static boolean secure(URI address) {
    return "https".equals(address.getScheme());
  }

  private static ClientTls tls(Credentials credentials, @Nullable Path shown)
      throws NotAskedException {
    try {
      return shown != null && credentials.tls().caFile() == null && Files.isReadable(shown)
          ? ClientTls.ofServer(shown, credentials.tls(), "TLS")
          : ClientTls.read(credentials.tls(), "TLS");
    } catch (IOException e) {
      throw new NotAskedException(
          String.valueOf(e.getMessage()), "correct --ca-file, --cert-file or --cert-key-file");
    }
  }

  /** Where it is, with a slash at the end. */
  public URI address() {
    return address.resolve("/");
  }

  /**
   * The answer of a path, whatever its status.
   *
   * @throws NotAskedException where there is none, or we are not let in
   */
  public Answer ask(String path) throws NotAskedException, InterruptedException {
    try {
      HttpResponse<InputStream> response = send(path, LIMIT);
      try (InputStream body = response.body()) {
        return new Answer(
            response.statusCode(),
            new String(body.readNBytes(LIMIT_BYTES), StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw Trouble.of(e, address);
    }
  }

  /**
   * The body of a good answer, as it comes; who reads it gets an error where the server cannot
   * bring it to its end.
   *
   * @throws NotAskedException where the answer is any other
   */
  public InputStream open(String path) throws NotAskedException, InterruptedException {
    try {
      HttpResponse<InputStream> response = send(path, null);
      if (response.statusCode() != 200) {
        throw refused(response);
      }
      return response.body();
    } catch (IOException e) {
      throw Trouble.of(e, address);
    }
  }

  private HttpResponse<InputStream> send(String path, @Nullable Duration limit)
      throws IOException, NotAskedException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path));
    String authorization = credentials.authorization();
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    if (limit != null) {
      request.timeout(limit);
    }
    HttpResponse<InputStream> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    notLetIn(response);
    return response;
  }

  private void notLetIn(HttpResponse<InputStream> response) throws NotAskedException, IOException {
    String who = "the server at " + address;
    String make = " (assay token create --scope read makes one)";
    boolean shown = credentials.tokenFile() != null || credentials.token() != null;
    switch (response.statusCode()) {
      case 401 ->
          throw new NotAskedException(
              who + (shown ? " does not know the token" : " asks for a token"),
              "it needs a token with the scope read: --token-file FILE" + make);
      case 403 ->
          throw new NotAskedException(
              who + " does not let this token read",
              "it needs a token with the scope read: --token-file FILE" + make);
      case 421 ->
          throw new NotAskedException(
              who + " does not answer for this name",
              "start it with --allowed-host " + address.getHost());
      case 429 ->
          throw new NotAskedException(
              who + " finds the token used too often",
              "ask again in "
                  + response.headers().firstValue("Retry-After").orElse("some")
                  + " seconds");
      default -> {
        return;
      }
    }
  }

  /** The server's own sentence. */
  private NotAskedException refused(HttpResponse<InputStream> response) throws IOException {
    try (InputStream body = response.body()) {
      String detail = JSON.readTree(body.readNBytes(1 << 16)).path("detail").asString("");
      if (!detail.isEmpty()) {
        return new NotAskedException("the server refused", detail);
      }
    } catch (JacksonException e) {
      // No server of ours: told below.
    }
    return new NotAskedException(
        "the server answered " + response.statusCode() + " at " + response.uri(),
        "is that an Assay server?");
  }

  /**
   * What the server said.
   *
   * @param text of the body, its first 16 MiB
   */
  public record Answer(int status, String text) {}
}
