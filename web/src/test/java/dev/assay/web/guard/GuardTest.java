package dev.assay.web.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.web.sample.AcmeServer;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardTest {
  @TempDir static Path data;

  @Test
  void everyAnswer_isGuarded() throws Exception {
    try (AcmeServer server = AcmeServer.empty(data)) {
      for (String path :
          new String[] {
            "/", "/api/v1/summary", "/metrics", "/assets/main.js", "/nothing", "/healthz"
          }) {
        HttpResponse<String> response = server.get(path);
        assertThat(response.headers().firstValue("Content-Security-Policy"))
            .as(path)
            .hasValueSatisfying(
                policy ->
                    assertThat(policy)
                        .contains("default-src 'none'", "script-src 'self'")
                        .doesNotContain("unsafe"));
        assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(response.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(response.headers().firstValue("Server")).isEmpty();
      }
      for (String path : new String[] {"/", "/api/v1/summary", "/metrics", "/healthz", "/none"}) {
        String answer = raw(server.address("/"), path, "evil.example");
        assertThat(answer).as(path).startsWith("HTTP/1.1 421");
        assertThat(answer).contains("does not answer for the host name");
      }
      assertThat(raw(server.address("/"), "/healthz", "localhost")).startsWith("HTTP/1.1 200");
    }
  }

  /** The JDK's client sets the Host header itself. */
  private static String raw(URI server, String path, String host) throws IOException {
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      String request =
          "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
