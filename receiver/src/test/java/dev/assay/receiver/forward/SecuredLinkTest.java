package dev.assay.receiver.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.receiver.tls.Certificates;
import dev.assay.receiver.tls.ClientTls;
import dev.assay.receiver.tls.ClientTlsFiles;
import dev.assay.receiver.tls.ServerTls;
import dev.assay.receiver.tls.TlsFiles;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.TlsServerCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forwarder's client against servers with real certificates, over both protocols. */
class SecuredLinkTest {
  private static final Answer.Taken TAKEN = new Answer.Taken(0);

  /** Of the alert, or without it: which of them a client sees is a race (TLS 1.3). */
  private static final String ASKS_FOR_OURS =
      "(it asks|it ended the connection before its answer; where it asks) for a certificate that"
          + " it trusts[;,] name ours in tls.cert_file and tls.key_file";

  private static Certificates server = new Certificates(Path.of("none"), Path.of("none"));
  private static Certificates client = server;
  private static Certificates stranger = server;

  @BeforeAll
  static void certificates(@TempDir Path folder) throws Exception {
    server = Certificates.make(folder, "server");
    client = Certificates.make(folder, "client");
    stranger = Certificates.make(folder, "stranger");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void authorityThatSignedIt_isTrusted_andNoOther(boolean grpc) throws Exception {
    assertThat(answer(grpc, false, trusting(server.cert()), "127.0.0.1")).isEqualTo(TAKEN);

    assertThat(later(answer(grpc, false, trusting(client.cert()), "127.0.0.1")).said())
        .isEqualTo(
            "tls: it shows a certificate that nobody signed whom we trust; name those who signed it"
                + " in tls.ca_file");
    assertThat(later(answer(grpc, false, ClientTlsFiles.STANDARD, "127.0.0.1")).detail())
        .contains("nobody signed whom we trust");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void certificateOfAnotherName_isRefused(boolean grpc) throws Exception {
    // The whole of 127/8 is this machine, and the certificate names but one address of it.
    assertThat(later(answer(grpc, false, trusting(server.cert()), "127.0.0.2")).detail())
        .startsWith("it shows a certificate for another name");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void ownCertificate_isShown_whereItIsAskedFor(boolean grpc) throws Exception {
    ClientTlsFiles own = new ClientTlsFiles(server.cert(), client.cert(), client.key());
    assertThat(answer(grpc, true, own, "127.0.0.1")).isEqualTo(TAKEN);

    assertThat(later(answer(grpc, true, trusting(server.cert()), "127.0.0.1")).detail())
        .as("none shown")
        .matches(ASKS_FOR_OURS);
    ClientTlsFiles wrong = new ClientTlsFiles(server.cert(), stranger.cert(), stranger.key());
    assertThat(later(answer(grpc, true, wrong, "127.0.0.1")).detail()).matches(ASKS_FOR_OURS);
  }

  @ParameterizedTest
  @CsvSource({"true,true", "true,false", "false,true", "false,false"})
  void connectionThatEndsBehindTheHandshake_isNamedSo(boolean grpc, boolean reset)
      throws Exception {
    TlsFiles shown = new TlsFiles(server.cert(), server.key(), null, Duration.ofHours(1));
    ServerSocket ending = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    try (ServerTls tls = ServerTls.open(shown, "test")) {
      Thread ends = new Thread(() -> endAll(ending, tls, reset));
      ends.start();
      try (ending) {
        int port = ending.getLocalPort();
        assertThat(later(send(grpc, port, trusting(server.cert()), "127.0.0.1")).said())
            .matches("(connection|unavailable): it ended the connection before its answer; .*");
      }
      ends.join();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void connectionThatNeverBegan_blamesNoCertificate(boolean grpc) throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    for (String host : new String[] {"127.0.0.1", "nowhere.invalid"}) {
      assertThat(later(send(grpc, free, trusting(server.cert()), host)).detail())
          .as(host)
          .isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void endpointThatIsUnavailable_isNotTakenForAConnectionThatEnded(boolean messageFirst)
      throws Exception {
    TlsFiles shown = new TlsFiles(server.cert(), server.key(), null, Duration.ofHours(1));
    try (ServerTls tls = ServerTls.open(shown, "test");
        Endpoint busy =
            Endpoint.grpc(
                "127.0.0.1",
                tls,
                response -> {
                  if (messageFirst) {
                    response.onNext(ExportLogsServiceResponse.getDefaultInstance());
                  }
                  response.onError(Status.UNAVAILABLE.asRuntimeException());
                })) {
      assertThat(later(send(true, busy.port(), trusting(server.cert()), "127.0.0.1")).said())
          .isEqualTo("unavailable");
    }
  }

  /** As a proxy says it whose backend is away: HTTP, and nothing of gRPC's. */
  @Test
  void proxysOwnAnswer_isNotTakenForAConnectionThatEnded() throws Exception {
    TlsFiles shown = new TlsFiles(server.cert(), server.key(), null, Duration.ofHours(1));
    ServerSocket listening = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    try (ServerTls tls = ServerTls.open(shown, "test")) {
      Thread proxy = new Thread(() -> answerAll(listening, tls));
      proxy.start();
      try (listening) {
        int port = listening.getLocalPort();
        assertThat(later(send(true, port, trusting(server.cert()), "127.0.0.1")).said())
            .isEqualTo("unavailable");
      }
      proxy.join();
    }
  }

  /** Frames of HTTP/2 (RFC 9113, section 4.1), with a literal header of HPACK (RFC 7541, 6.2.2). */
  private static void answerAll(ServerSocket listening, ServerTls tls) {
    byte[] settings = {0, 0, 0, 4, 0, 0, 0, 0, 0};
    byte[] status503 = {0, 0, 5, 1, 4, 0, 0, 0, 3, 0x08, 3, '5', '0', '3'};
    byte[] away = {0, 0, 4, 0, 1, 0, 0, 0, 3, 'a', 'w', 'a', 'y'};
    while (!listening.isClosed()) {
      try (Socket accepted = listening.accept()) {
        SSLSocket secured = secured(accepted, tls);
        secured.getOutputStream().write(settings);
        InputStream in = secured.getInputStream();
        in.readNBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".length());
        byte[] head = in.readNBytes(settings.length);
        while (head[3] != 1) { // until a HEADERS frame
          in.readNBytes(((head[0] & 0xff) << 16) | ((head[1] & 0xff) << 8) | (head[2] & 0xff));
          head = in.readNBytes(settings.length);
        }
        status503[8] = head[8];
        away[8] = head[8];
        secured.getOutputStream().write(status503);
        secured.getOutputStream().write(away);
        in.readAllBytes(); // it stays until the client goes
      } catch (IOException ended) {
        // The listener's end, or that of one connection.
      }
    }
  }

  private static SSLSocket secured(Socket accepted, ServerTls tls) throws IOException {
    SSLSocket secured =
        (SSLSocket) tls.context().getSocketFactory().createSocket(accepted, "client", 0, false);
    secured.setUseClientMode(false);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    secured.setSSLParameters(parameters);
    return secured;
  }

  /** Until the listener is closed. */
  private static void endAll(ServerSocket ending, ServerTls tls, boolean reset) {
    while (!ending.isClosed()) {
      try (Socket accepted = ending.accept()) {
        SSLSocket secured = secured(accepted, tls);
        secured.getInputStream().read();
        if (reset) {
          accepted.setSoLinger(true, 0);
        }
      } catch (IOException ended) {
        // The listener's end, or that of one connection.
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void serverWithoutTls_isNamedSo(boolean grpc) throws Exception {
    try (Endpoint plain = Endpoint.start(grpc, "127.0.0.1", null)) {
      assertThat(later(send(grpc, plain.port(), trusting(server.cert()), "127.0.0.1")).detail())
          .startsWith("it speaks no TLS");
    }
  }

  @Test
  void fileThatIsNone_isNamed(@TempDir Path folder) throws Exception {
    Path text = Files.writeString(folder.resolve("text.pem"), "no certificate, but a secret");
    for (ClientTlsFiles files :
        new ClientTlsFiles[] {
          trusting(text), new ClientTlsFiles(null, client.cert(), text), trusting(Path.of("/none"))
        }) {
      assertThatThrownBy(() -> ClientTls.read(files, "exporters.otlp.tls"))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("exporters.otlp.tls: ")
          .hasMessageContaining(files.certFile() == null ? files.caFile() + " " : text.toString())
          .hasMessageNotContaining("secret");
    }
  }

  private static ClientTlsFiles trusting(Path authority) {
    return new ClientTlsFiles(authority, null, null);
  }

  private static Answer.Later later(Answer answer) {
    assertThat(answer).isInstanceOf(Answer.Later.class);
    return (Answer.Later) answer;
  }

  private static Answer answer(boolean grpc, boolean mutual, ClientTlsFiles files, String host)
      throws Exception {
    TlsFiles shown =
        new TlsFiles(
            server.cert(), server.key(), mutual ? client.cert() : null, Duration.ofHours(1));
    try (ServerTls tls = ServerTls.open(shown, "test");
        Endpoint endpoint = Endpoint.start(grpc, host, tls)) {
      return send(grpc, endpoint.port(), files, host);
    }
  }

  private static Answer send(boolean grpc, int port, ClientTlsFiles files, String host)
      throws Exception {
    ForwardOptions to = ForwardOptions.to("otlp", grpc, URI.create("https://" + host + ":" + port));
    ClientTls tls = ClientTls.read(files, "exporters.otlp.tls");
    try (Link link = grpc ? new GrpcLink(to, tls) : new HttpLink(to, tls, InstantSource.system())) {
      return link.send(ForwardedSignal.LOGS, new byte[0]);
    }
  }

  /** An OTLP endpoint that takes everything. */
  private record Endpoint(int port, Runnable stop) implements AutoCloseable {
    static Endpoint start(boolean grpc, String host, @Nullable ServerTls tls) throws Exception {
      return grpc ? grpc(host, tls, Endpoint::take) : http(host, tls);
    }

    private static void take(StreamObserver<ExportLogsServiceResponse> response) {
      response.onNext(ExportLogsServiceResponse.getDefaultInstance());
      response.onCompleted();
    }

    private static Endpoint grpc(
        String host,
        @Nullable ServerTls tls,
        Consumer<StreamObserver<ExportLogsServiceResponse>> answer)
        throws IOException {
      InetSocketAddress address = new InetSocketAddress(host, 0);
      NettyServerBuilder builder =
          tls == null
              ? NettyServerBuilder.forAddress(address)
              : NettyServerBuilder.forAddress(address, credentials(tls));
      Server started =
          builder
              .addService(
                  new LogsServiceGrpc.LogsServiceImplBase() {
                    @Override
                    public void export(
                        ExportLogsServiceRequest request,
                        StreamObserver<ExportLogsServiceResponse> response) {
                      answer.accept(response);
                    }
                  })
              .build()
              .start();
      return new Endpoint(started.getPort(), started::shutdownNow);
    }

    private static io.grpc.ServerCredentials credentials(ServerTls tls) {
      TlsServerCredentials.Builder builder =
          TlsServerCredentials.newBuilder().keyManager(tls.keys());
      return tls.clients() == null
          ? builder.build()
          : builder
              .trustManager(tls.clients())
              .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
              .build();
    }

    private static Endpoint http(String host, @Nullable ServerTls tls) throws Exception {
      org.eclipse.jetty.server.Server jetty = new org.eclipse.jetty.server.Server();
      ServerConnector connector;
      if (tls == null) {
        connector = new ServerConnector(jetty);
      } else {
        SslContextFactory.Server ssl = new SslContextFactory.Server();
        ssl.setSslContext(tls.context());
        ssl.setNeedClientAuth(tls.clients() != null);
        connector =
            new ServerConnector(
                jetty,
                new SslConnectionFactory(ssl, HttpVersion.HTTP_1_1.asString()),
                new HttpConnectionFactory());
      }
      connector.setHost(host);
      jetty.addConnector(connector);
      jetty.setHandler(
          new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback)
                throws IOException {
              Content.Source.consumeAll(request, callback);
              return true;
            }
          });
      jetty.start();
      return new Endpoint(connector.getLocalPort(), () -> LifeCycle.stop(jetty));
    }

    @Override
    public void close() {
      stop.run();
    }
  }
}
