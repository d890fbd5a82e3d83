package dev.assay.receiver.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.rpc.RetryInfo;
import dev.assay.receiver.access.RateLimit;
import dev.assay.receiver.access.Scope;
import dev.assay.receiver.access.TokenFile;
import dev.assay.receiver.access.Tokens;
import dev.assay.receiver.capture.Capture;
import dev.assay.receiver.interpret.Interpreter;
import dev.assay.receiver.tls.Certificates;
import dev.assay.receiver.tls.TlsFiles;
import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real TLS, real certificates, real tokens, over both protocols. */
class SecuredTest {
  @TempDir Path folder;
  private final RecordingStore store = new RecordingStore();
  private final ExportLogsServiceRequest good =
      Capture.of("2.1.330", "headless-grpc").exports().stream()
          .filter(Capture.Export::isLogs)
          .findFirst()
          .orElseThrow()
          .logs();
  private @Nullable OtlpReceiver receiver;
  private Certificates server = new Certificates(Path.of("none"), Path.of("none"));
  private Certificates client = server;
  private TokenFile tokens = new TokenFile(Path.of("none"));

  @BeforeEach
  void certificates() throws Exception {
    server = Certificates.make(folder, "server");
    client = Certificates.make(folder, "client");
    tokens = new TokenFile(folder.resolve("tokens"));
  }

  @AfterEach
  void stop() {
    if (receiver != null) {
      receiver.shutdown(Duration.ofSeconds(5));
    }
  }

  @Test
  void tls_isSpoken_overBoth() throws Exception {
    OtlpReceiver started = start(false, null, RateLimit.none());

    grpc(started, server.cert(), null, null);
    assertThat(http(started, server.cert(), null, null).statusCode()).isEqualTo(200);

    assertThat(store.committed()).isNotEmpty();
    assertThatThrownBy(() -> grpc(started, client.cert(), null, null))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
    assertThatThrownBy(() -> http(started, client.cert(), null, null))
        .isInstanceOf(IOException.class);
  }

  @Test
  void mutualTls_asksForTheClientsCertificate() throws Exception {
    OtlpReceiver started = start(true, null, RateLimit.none());

    grpc(started, server.cert(), client, null);
    assertThat(http(started, server.cert(), client, null).statusCode()).isEqualTo(200);

    for (Certificates stranger :
        new Certificates[] {Certificates.make(folder, "stranger"), server}) {
      assertThatThrownBy(() -> grpc(started, server.cert(), stranger, null))
          .isInstanceOf(StatusRuntimeException.class);
      assertThatThrownBy(() -> http(started, server.cert(), stranger, null))
          .isInstanceOf(IOException.class);
    }
    assertThatThrownBy(() -> grpc(started, server.cert(), null, null))
        .isInstanceOf(StatusRuntimeException.class);
    assertThatThrownBy(() -> http(started, server.cert(), null, null))
        .isInstanceOf(IOException.class);
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.MINUTES) // a hang, not a measurement
  void certificate_isReadAgain_whenItChanges() throws Exception {
    OtlpReceiver started = start(false, null, RateLimit.none());
    grpc(started, server.cert(), null, null);
    Certificates next = Certificates.make(folder, "next");

    Files.copy(next.key(), server.key(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    Path trusted = next.cert();
    Files.copy(trusted, server.cert(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    FileTime later = FileTime.from(Instant.now().plusSeconds(60));
    Files.setLastModifiedTime(server.cert(), later);
    Files.setLastModifiedTime(server.key(), later);

    while (true) { // until the receiver has looked
      try {
        grpc(started, trusted, null, null);
        break;
      } catch (StatusRuntimeException notYet) {
        Thread.sleep(20);
      }
    }
    assertThat(http(started, trusted, null, null).statusCode()).isEqualTo(200);
  }

  @Test
  void unusableCertificate_isRefusedByItsKey() throws Exception {
    Files.writeString(server.key(), "no key");

    assertThatThrownBy(() -> start(false, null, RateLimit.none()))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("receivers.otlp.protocols.grpc.tls: no usable certificate and key")
        .hasMessageContaining(server.key().toString());
  }

  @Test
  void token_isAskedFor_overBoth() throws Exception {
    String ingest = tokens.create("a", Set.of(Scope.INGEST), Instant.EPOCH).token();
    String read = tokens.create("a", Set.of(Scope.READ), Instant.EPOCH).token();
    OtlpReceiver started = start(false, folder.resolve("tokens"), RateLimit.none());

    for (String wrong : new String[] {null, "nobody", read}) {
      int status = wrong != null && wrong.equals(read) ? 403 : 401;
      Status.Code code =
          status == 403 ? Status.Code.PERMISSION_DENIED : Status.Code.UNAUTHENTICATED;
      HttpResponse<byte[]> answer = http(started, server.cert(), null, wrong);
      assertThat(answer.statusCode()).isEqualTo(status);
      assertThat(answer.headers().firstValue("www-authenticate").isPresent())
          .isEqualTo(status == 401);
      assertThat(new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8))
          .doesNotContain(read, "nobody");
      assertThatThrownBy(() -> grpc(started, server.cert(), null, wrong))
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              e -> assertThat(e.getStatus().getCode()).isEqualTo(code))
          .hasMessageNotContaining(read);
    }
    assertThat(store.committed()).isEmpty();
    assertThat(http(started, server.cert(), null, ingest).statusCode()).isEqualTo(200);
    grpc(started, server.cert(), null, ingest);
    assertThat(store.committed()).isNotEmpty();
  }

  @Test
  void tokenUsedTooOften_isToldWhenToComeBack() throws Exception {
    String ingest = tokens.create("a", Set.of(Scope.INGEST), Instant.EPOCH).token();
    // One in a thousand seconds: none comes back while this test runs.
    OtlpReceiver started = start(false, folder.resolve("tokens"), new RateLimit(0.001, 1));
    grpc(started, server.cert(), null, ingest);

    HttpResponse<byte[]> answer = http(started, server.cert(), null, ingest);
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(Long.parseLong(answer.headers().firstValue("retry-after").orElseThrow()))
        .isBetween(900L, 1000L);
    assertThatThrownBy(() -> grpc(started, server.cert(), null, ingest))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> {
              assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
              com.google.rpc.Status status = StatusProto.fromThrowable(e);
              assertThat(status).isNotNull();
              assertThat(status.getDetails(0).is(RetryInfo.class)).isTrue();
            });
  }

  private OtlpReceiver start(boolean mutual, @Nullable Path tokenFile, RateLimit limit)
      throws IOException {
    TlsFiles tls =
        new TlsFiles(
            server.cert(), server.key(), mutual ? client.cert() : null, Duration.ofMillis(20));
    OtlpOptions.Listen listen =
        new OtlpOptions.Listen(
            "127.0.0.1", 0, tls, tokenFile != null, OtlpOptions.LIMIT_MESSAGE_BYTES);
    OtlpReceiver starting =
        new OtlpReceiver(
            new OtlpOptions(
                listen,
                listen,
                Set.of(),
                tokenFile == null ? null : Tokens.open(tokenFile, limit, System::nanoTime),
                OtlpOptions.Limits.standard()),
            new Interpreter(),
            store,
            OpenTelemetry.noop().getMeter("test"),
            InstantSource.system());
    receiver = starting;
    starting.start();
    return starting;
  }

  private void grpc(
      OtlpReceiver to, Path trusted, @Nullable Certificates own, @Nullable String token)
      throws IOException {
    TlsChannelCredentials.Builder tls =
        TlsChannelCredentials.newBuilder().trustManager(trusted.toFile());
    if (own != null) {
      tls.keyManager(own.cert().toFile(), own.key().toFile());
    }
    ManagedChannel channel =
        Grpc.newChannelBuilder("127.0.0.1:" + to.grpcPort(), tls.build()).build();
    try {
      Metadata headers = new Metadata();
      if (token != null) {
        headers.put(
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
      }
      ClientCalls.blockingUnaryCall(
          ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers)),
          LogsServiceGrpc.getExportMethod(),
          CallOptions.DEFAULT,
          good);
    } finally {
      channel.shutdownNow();
    }
  }

  private HttpResponse<byte[]> http(
      OtlpReceiver to, Path trusted, @Nullable Certificates own, @Nullable String token)
      throws Exception {
    KeyStore trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    try (java.io.InputStream in = Files.newInputStream(trusted)) {
      trust.setCertificateEntry(
          "x", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trusts = TrustManagerFactory.getInstance("PKIX");
    trusts.init(trust);
    KeyManager[] keys = null;
    if (own != null) {
      io.grpc.util.AdvancedTlsX509KeyManager manager = new io.grpc.util.AdvancedTlsX509KeyManager();
      manager.updateIdentityCredentials(own.cert().toFile(), own.key().toFile());
      keys = new KeyManager[] {manager};
    }
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, trusts.getTrustManagers(), null);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + to.httpPort() + "/v1/logs"))
            .header("Content-Type", "application/x-protobuf")
            .POST(HttpRequest.BodyPublishers.ofByteArray(good.toByteArray()));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .sslContext(context)
        .build()
        .send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }
}
