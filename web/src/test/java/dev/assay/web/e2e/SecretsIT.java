package dev.assay.web.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.assay.proto.signature.Keyring;
import dev.assay.receiver.access.Scope;
import dev.assay.receiver.access.TokenFile;
import dev.assay.receiver.tls.Certificates;
import dev.assay.receiver.tls.ClientTls;
import dev.assay.receiver.tls.ClientTlsFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that is told secrets, logs all that it can, and is asked well and badly: none of the
 * secrets stands anywhere but in the file that it came from.
 */
class SecretsIT {
  private static final String CAPTURE = "claude-code-2.1.330/headless-http-protobuf";

  /** What is logged once each of those that have a header has met its backend. */
  private static final List<String> MET =
      List.of(
          "exporters.otlphttp/refuses: ", "exporters.otlp/away: ", "service.telemetry.metrics: ");

  private static final String FORWARD_SECRET = "forwardSecret-4a1f7c20b9";
  private static final String METRICS_SECRET = "metricsSecret-9b3e55d1a7";
  private static final String ODD_SECRET = "oddSecret-77c1d2";

  @TempDir Path folder;
  private Path data;
  private Certificates server;
  private Certificates client;

  /** By what each is, so that a failure says which one was found. */
  private final Map<String, String> secrets = new LinkedHashMap<>();

  private final List<String> answers = new ArrayList<>();

  @BeforeEach
  void secrets() throws Exception {
    data = folder.resolve("data");
    server = Certificates.make(folder, "server");
    client = Certificates.make(folder, "client");
    Path key = folder.resolve("assay.key");
    Keyring.make(key);
    secrets.put("signing key", Files.readString(key).strip());
    secrets.put("server's private key", middle(server.key()));
    secrets.put("client's private key", middle(client.key()));
    secrets.put("header of an exporter", FORWARD_SECRET);
    secrets.put("header of the metrics' reader", METRICS_SECRET);
    TokenFile tokens = new TokenFile(folder.resolve("tokens"));
    for (Scope scope : Scope.values()) {
      String token = tokens.create("payments", Set.of(scope), Instant.EPOCH).token();
      secrets.put("token to " + scope.label(), token);
      Files.writeString(folder.resolve(scope.label()), token);
    }
    secrets.put("token that nobody knows", "assay_strangersTokenStrangersToken01234567890");
  }

  private static String middle(Path pem) throws IOException {
    return Files.readAllLines(pem).get(1);
  }

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES) // what is waited for may never come
  void noSecret_isLoggedAnsweredOrKept() throws Exception {
    HttpServer backend = backend();
    try (RunningAssay assay = start(backend.getAddress().getPort())) {
      HttpClient asked =
          HttpClient.newBuilder()
              .sslContext(
                  ClientTls.read(
                          new ClientTlsFiles(server.cert(), client.cert(), client.key()), "test")
                      .context())
              .build();
      for (Map.Entry<String, String> token : List.copyOf(secrets.entrySet())) {
        if (token.getKey().startsWith("token")) {
          send(asked, assay, token.getValue());
          read(asked, assay, token.getValue());
        }
      }
      read(asked, assay, ODD_SECRET + "\u00e9"); // no token's alphabet
      secrets.put("token in no alphabet", ODD_SECRET);
      agent(assay);
      assay.as(
          ClientTls.read(new ClientTlsFiles(server.cert(), client.cert(), client.key()), "test")
              .context(),
          Files.readString(folder.resolve("read")));
      assay.await("/api/v1/summary", s -> s.path("accepted").asInt() == Scene.ACCEPTED);
      assay.awaitSaid(MET);
      answers.add(assay.get("/api/v1/coverage").toString());
      answers.add(
          RunningAssay.run(
                  Map.of("ASSAY_TOKEN", Files.readString(folder.resolve("ingest"))),
                  "doctor",
                  "--data",
                  data.toString())
              .said());
      assay.kill(); // the log of the database is still there
      answers.add(assay.said());
    } finally {
      backend.stop(0);
    }
    answers.add(Files.readString(folder.resolve("agent.out")));

    SoftAssertions softly = new SoftAssertions();
    secrets.forEach(
        (what, secret) -> {
          Search search = new Search(List.of(secret, base64(secret)));
          softly
              .assertThat(answers.stream().flatMap(String::lines).filter(search::has).limit(3))
              .as(what)
              .isEmpty();
        });
    softly.assertAll();
    assertThat(new Search(secrets.values()).files(data)).as("files").isEmpty();
    assertThat(new Search(secrets.values()).database(data)).as("database").isEmpty();
    // The search finds what is there: it can fail.
    assertThat(new Search(List.of("claude-code")).database(data)).isNotEmpty();
    assertThat(answers.stream().filter(new Search(List.of("assay_otlp_re"))::has)).isNotEmpty();
  }

  private static String base64(String secret) {
    return Base64.getEncoder()
        .withoutPadding()
        .encodeToString(secret.getBytes(StandardCharsets.UTF_8));
  }

  /** Refuses, and says in its answer what it was asked with, as no backend should. */
  private static HttpServer backend() throws IOException {
    HttpServer backend =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    backend.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          byte[] said =
              exchange.getRequestHeaders().entrySet().toString().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(
              exchange.getRequestURI().getPath().startsWith("/refuses") ? 401 : 500, said.length);
          exchange.getResponseBody().write(said);
          exchange.close();
        });
    backend.start();
    return backend;
  }

  private RunningAssay start(int backend) throws Exception {
    String guard =
        "{tls: {cert_file: %s, key_file: %s, client_ca_file: %s}, auth: {authenticator: bearertokenauth}}"
            .formatted(server.cert(), server.key(), client.cert());
    Path config =
        Files.writeString(
            folder.resolve("assay.yaml"),
            """
            receivers: {otlp: {protocols: {grpc: %1$s, http: %1$s}}}
            processors:
              lines: {key_file: %2$s}
              attributes: {actions: [{key: user.email, action: hash}]}
            exporters:
              dashboard: %1$s
              otlphttp/refuses:
                endpoint: http://127.0.0.1:%3$d/refuses
                headers: {authorization: "Bearer %4$s"}
              otlp/away:
                endpoint: http://127.0.0.1:%3$d
                headers: {authorization: "Bearer %4$s"}
            extensions: {bearertokenauth: {filename: %5$s}}
            service:
              telemetry:
                metrics:
                  readers:
                    - periodic:
                        interval: 500
                        exporter:
                          otlp:
                            protocol: http/protobuf
                            endpoint: http://127.0.0.1:%3$d/metrics
                            headers: [{name: x-api-key, value: "%6$s"}]
            """
                .formatted(
                    guard,
                    folder.resolve("assay.key"),
                    backend,
                    FORWARD_SECRET,
                    folder.resolve("tokens"),
                    METRICS_SECRET));
    return RunningAssay.start(
        "server", data, "--config", config.toString(), "--log-level", "trace");
  }

  /** What a client sent, whole and broken, to where it belongs and elsewhere. */
  private void send(HttpClient client, RunningAssay assay, String token) throws Exception {
    String base = "https://127.0.0.1:" + assay.port("otlpHttp");
    for (Path request : new Captured(CAPTURE).requests()) {
      byte[] whole = Files.readAllBytes(request);
      String path = "/v1/" + Captured.signal(request);
      post(client, base + path, token, "application/x-protobuf", whole);
      post(client, base + path, token, "application/x-protobuf", new byte[] {(byte) 0xff});
      post(client, base + path, token, "application/json", whole);
      post(client, base + "/none", token, "application/x-protobuf", whole);
    }
  }

  /** Pages, figures, mistakes and the login form. */
  private void read(HttpClient client, RunningAssay assay, String token) throws Exception {
    for (String path :
        List.of(
            "/", "/metrics", "/api/v1/summary", "/api/v1/summary?from=never", "/none", "/readyz")) {
      keep(
          client,
          authorized(HttpRequest.newBuilder(URI.create(assay.base() + path)), token).build());
    }
    HttpResponse<String> in =
        keep(
            client,
            HttpRequest.newBuilder(URI.create(assay.base() + "/login"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "token=" + java.net.URLEncoder.encode(token, StandardCharsets.UTF_8)))
                .build());
    in.headers()
        .firstValue("set-cookie")
        .ifPresent(
            cookie -> {
              String session = cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';'));
              // The browser's own: it may stand in the answer that gives it, and nowhere else.
              answers.remove(answers.size() - 1);
              secrets.putIfAbsent("session of " + token, session);
            });
  }

  private void post(HttpClient client, String address, String token, String type, byte[] body)
      throws Exception {
    keep(
        client,
        authorized(HttpRequest.newBuilder(URI.create(address)), token)
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build());
  }

  private static HttpRequest.Builder authorized(HttpRequest.Builder request, String token) {
    return request.header("Authorization", "Bearer " + token);
  }

  private HttpResponse<String> keep(HttpClient client, HttpRequest request) throws Exception {
    HttpResponse<String> answer =
        client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    answers.add(answer.statusCode() + " " + answer.headers().map() + answer.body());
    return answer;
  }

  /** One that is let in only when its token is put right. */
  private void agent(RunningAssay assay) throws Exception {
    Scene scene = Scene.in(folder, CAPTURE);
    Path token = Files.copy(folder.resolve("read"), folder.resolve("agent-token"));
    Process agent =
        RunningAssay.launcher(
                List.of(
                    "agent",
                    "run",
                    "--endpoint",
                    "https://127.0.0.1:" + assay.port("otlpGrpc"),
                    "--data",
                    data.toString(),
                    "--claude-home",
                    scene.claudeHome().toString(),
                    "--agent-hook-port",
                    "0",
                    "--token-file",
                    token.toString(),
                    "--ca-file",
                    server.cert().toString(),
                    "--cert-file",
                    client.cert().toString(),
                    "--cert-key-file",
                    client.key().toString()))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("agent.out").toFile())
            .start();
    try {
      while (!Files.readString(folder.resolve("agent.out")).contains("kept and tried again")) {
        assertThat(agent.isAlive()).isTrue();
        Thread.sleep(50);
      }
      Files.writeString(token, Files.readString(folder.resolve("ingest")));
      Path status = data.resolve("agent/status.json");
      while (!Files.exists(status)
          || !Files.readString(status).matches("(?s).*\"exported\": ?[1-9].*")) {
        assertThat(agent.isAlive()).isTrue();
        Thread.sleep(50);
      }
    } finally {
      agent.destroy();
      RunningAssay.exitCode(agent, folder.resolve("agent.out"));
    }
  }
}
