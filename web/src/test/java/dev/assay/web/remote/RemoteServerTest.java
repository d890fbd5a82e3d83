package dev.assay.web.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.receiver.access.RateLimit;
import dev.assay.receiver.access.Scope;
import dev.assay.receiver.access.TokenFile;
import dev.assay.receiver.access.Tokens;
import dev.assay.receiver.tls.ClientTlsFiles;
import dev.assay.web.sample.AcmeServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteServerTest {
  @TempDir Path folder;

  private static Credentials with(@Nullable Path tokenFile, @Nullable String token) {
    return new Credentials(tokenFile, token, ClientTlsFiles.STANDARD);
  }

  @Test
  void tokenUsedTooOften_isToldWhenToAskAgain() throws Exception {
    TokenFile file = new TokenFile(folder.resolve("tokens"));
    String token = file.create("payments", Set.of(Scope.READ), Instant.EPOCH).token();
    Tokens tokens =
        Tokens.open(folder.resolve("tokens"), new RateLimit(0.001, 1), System::nanoTime);
    try (AcmeServer server = AcmeServer.guarded(folder.resolve("data"), tokens)) {
      RemoteServer remote = RemoteServer.at(server.address("/"), with(null, token));
      assertThat(remote.ask("/api/v1/summary").status()).isEqualTo(200);

      assertThatThrownBy(() -> remote.ask("/api/v1/summary"))
          .isInstanceOf(NotAskedException.class)
          .hasMessageMatching(
              "the server at \\S+ finds the token used too often: ask again in \\d+ seconds")
          .hasMessageNotContaining(token);
      assertThatThrownBy(
              () -> RemoteServer.at(server.address("/"), with(null, "nobody")).ask("/metrics"))
          .hasMessageContaining("does not know the token");
    }
  }

  @Test
  void answerThatIsNoGoodOne_isTheServersOwnSentence() throws Exception {
    try (AcmeServer server = AcmeServer.empty(folder.resolve("data"))) {
      RemoteServer remote = RemoteServer.at(server.address("/"), Credentials.none());
      try (InputStream body = remote.open("/api/v1/export/lines.csv")) {
        assertThat(body.readAllBytes()).isNotEmpty();
      }
      assertThatThrownBy(() -> remote.open("/api/v1/export/lines.csv?from=never"))
          .hasMessageStartingWith("the server refused: ")
          .hasMessageContaining("from");
    }
  }

  @Test
  void nobodyThere_isSaidSo() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    RemoteServer remote =
        RemoteServer.at(URI.create("http://127.0.0.1:" + port), Credentials.none());
    assertThatThrownBy(() -> remote.ask("/readyz"))
        .hasMessageEndingWith("does not answer: start it, or name its address with --server");
    assertThat(RemoteServer.on(folder, Credentials.none())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "line\nline", "umlaut\u00e4", "bell\u0007"})
  void whatIsNoToken_isRefused_andNeverShown(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("token"), text + "\n");
    assertThatThrownBy(() -> with(file, null).authorization())
        .isInstanceOf(NotAskedException.class)
        .hasMessage(
            file
                + " holds no bearer token: write what assay token create printed into it, and"
                + " nothing else");
    assertThat(with(null, "secret").toString()).doesNotContain("secret");
  }

  @Test
  void tokenFile_isReadUpToTheLimit() throws Exception {
    Path file = Files.writeString(folder.resolve("token"), "a".repeat(4096));
    assertThat(with(file, null).authorization()).isEqualTo("Bearer " + "a".repeat(4096));
    Files.writeString(file, "a".repeat(4097));
    assertThatThrownBy(() -> with(file, null).authorization())
        .hasMessageStartingWith(file + " is larger than a token");
    Files.delete(file);
    assertThatThrownBy(() -> with(file, null).authorization())
        .hasMessageStartingWith("there is no file " + file + " that can be read");
  }
}
