package dev.assay.web.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.receiver.access.RateLimit;
import dev.assay.receiver.access.Scope;
import dev.assay.receiver.access.TokenFile;
import dev.assay.receiver.access.Tokens;
import dev.assay.receiver.tls.Certificates;
import dev.assay.receiver.tls.ClientTls;
import dev.assay.receiver.tls.ClientTlsFiles;
import dev.assay.receiver.tls.ServerTls;
import dev.assay.receiver.tls.TlsFiles;
import dev.assay.web.sample.AcmeServer;
import java.io.IOException;
import java.net.CookieManager;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard over TLS, as browsers and programs meet it: real certificates, real handshakes. */
class SecuredDashboardTest {
  @TempDir Path folder;
  private Certificates server = new Certificates(Path.of("none"), Path.of("none"));
  private Certificates client = server;
  private @Nullable ServerTls tls;
  private @Nullable AcmeServer running;

  @BeforeEach
  void certificates() throws Exception {
    server = Certificates.make(folder, "server");
    client = Certificates.make(folder, "client");
  }

  @AfterEach
  void stop() {
    if (running != null) {
      running.close();
    }
    if (tls != null) {
      tls.close();
    }
  }

  @Test
  void browser_logsInOverTls_andItsCookieStaysThere() throws Exception {
    TokenFile file = new TokenFile(folder.resolve("tokens"));
    String token = file.create("payments", Set.of(Scope.READ), Instant.EPOCH).token();
    AcmeServer started =
        start(null, Tokens.open(folder.resolve("tokens"), RateLimit.none(), System::nanoTime));
    HttpClient browser =
        HttpClient.newBuilder()
            .sslContext(ClientTls.read(trusting(server.cert()), "test").context())
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    HttpResponse<String> first = get(browser, started, "/", "text/html");
    assertThat(first.uri()).isEqualTo(started.address("/login"));
    assertThat(first.body()).contains("<form method=\"post\" action=\"/login\">");

    HttpResponse<String> in =
        browser.send(
            HttpRequest.newBuilder(started.address("/login"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("token=" + token))
                .build(),
            HttpResponse.BodyHandlers.ofString());

    assertThat(in.statusCode()).isEqualTo(200);
    assertThat(in.uri()).isEqualTo(started.address("/"));
    String cookie =
        in.previousResponse().orElseThrow().headers().firstValue("set-cookie").orElseThrow();
    assertThat(cookie).contains("; Secure", "HttpOnly", "SameSite=Strict");
    assertThat(get(browser, started, "/api/v1/summary", "*/*").statusCode()).isEqualTo(200);
    assertThat(started.address("/").getScheme()).isEqualTo("https");
  }

  @Test
  void strangersTrust_getsNothing_andNeitherDoesPlainHttp() throws Exception {
    AcmeServer started = start(null, null);

    assertThat(get(client(trusting(server.cert())), started, "/healthz", "*/*").statusCode())
        .isEqualTo(200);
    assertThatThrownBy(() -> get(client(trusting(client.cert())), started, "/healthz", "*/*"))
        .isInstanceOf(IOException.class);
    String plain = "http://127.0.0.1:" + started.address("/").getPort() + "/healthz";
    assertThatThrownBy(
            () ->
                HttpClient.newHttpClient()
                    .send(
                        HttpRequest.newBuilder(java.net.URI.create(plain)).build(),
                        HttpResponse.BodyHandlers.ofString()))
        .isInstanceOf(IOException.class);
  }

  @Test
  void clientCertificate_isAskedFor() throws Exception {
    AcmeServer started = start(client.cert(), null);
    Certificates stranger = Certificates.make(folder, "stranger");

    ClientTlsFiles own = new ClientTlsFiles(server.cert(), client.cert(), client.key());
    assertThat(get(client(own), started, "/api/v1/summary", "*/*").statusCode()).isEqualTo(200);
    ClientTlsFiles foreign = new ClientTlsFiles(server.cert(), stranger.cert(), stranger.key());
    for (ClientTlsFiles wrong : new ClientTlsFiles[] {trusting(server.cert()), foreign}) {
      assertThatThrownBy(() -> get(client(wrong), started, "/healthz", "*/*"))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.MINUTES) // a hang, not a measurement
  void renewedCertificate_isShown_withoutARestart() throws Exception {
    AcmeServer started = start(null, null);
    HttpClient before = client(trusting(server.cert()));
    assertThat(get(before, started, "/healthz", "*/*").statusCode()).isEqualTo(200);
    Certificates next = Certificates.make(folder, "next");

    server.become(next);
    while (true) { // until the server has looked
      try {
        assertThat(get(client(trusting(next.cert())), started, "/healthz", "*/*").statusCode())
            .isEqualTo(200);
        break;
      } catch (IOException notYet) {
        Thread.sleep(20);
      }
    }
    assertThatThrownBy(() -> get(client(trusting(old())), started, "/healthz", "*/*"))
        .isInstanceOf(IOException.class);
    assertThat(get(before, started, "/healthz", "*/*").statusCode())
        .as("a connection that was there lives on")
        .isEqualTo(200);
  }

  private AcmeServer start(@Nullable Path clientCa, @Nullable Tokens tokens) throws Exception {
    Files.copy(server.cert(), folder.resolve("old.pem"));
    ServerTls opened =
        ServerTls.open(
            new TlsFiles(server.cert(), server.key(), clientCa, Duration.ofMillis(20)), "test");
    tls = opened;
    AcmeServer started = AcmeServer.secured(folder.resolve("data"), tokens, opened);
    running = started;
    return started;
  }

  private Path old() {
    return folder.resolve("old.pem");
  }

  private static ClientTlsFiles trusting(Path authority) {
    return new ClientTlsFiles(authority, null, null);
  }

  private static HttpClient client(ClientTlsFiles files) throws IOException {
    return HttpClient.newBuilder().sslContext(ClientTls.read(files, "test").context()).build();
  }

  private static HttpResponse<String> get(
      HttpClient client, AcmeServer server, String path, String accept) throws Exception {
    return client.send(
        HttpRequest.newBuilder(server.address(path)).header("Accept", accept).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
