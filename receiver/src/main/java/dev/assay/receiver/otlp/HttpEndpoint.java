package dev.assay.receiver.otlp;

import dev.assay.receiver.tls.ServerTls;
import java.io.IOException;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** OTLP over HTTP: Jetty's core, without servlets. */
final class HttpEndpoint {
  /** Read, answer and refuse; acceptor and selector are two of them. */
  private static final int THREADS = 8;

  /** As for gRPC: requests that wait for one commit together each occupy one. */
  private static final int WORKERS = 32;

  static final int LIMIT_HEADER_BYTES = 16 * 1024;

  private final Server server;
  private final ServerConnector connector;

  HttpEndpoint(
      OtlpOptions options,
      Ingest ingest,
      Gate gate,
      Arrivals arrivals,
      @Nullable ServerTls tls,
      Counters counters) {
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, 4);
    threads.setName("otlp-http");
    threads.setDaemon(true);
    server = new Server(threads);
    QueuedThreadPool workers = new QueuedThreadPool(WORKERS, 4);
    workers.setName("otlp-http-worker");
    workers.setDaemon(true);
    server.addBean(workers); // starts and stops with it
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    http.setRequestHeaderSize(LIMIT_HEADER_BYTES);
    connector = connector(server, http, tls);
    connector.setIdleTimeout(options.limits().idleMillis());
    connector.setHost(options.http().host());
    connector.setPort(options.http().port());
    HeaderWatch watch = new HeaderWatch(connector, options.limits().headerMillis(), counters);
    connector.addBean(watch);
    connector.addEventListener(watch);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(options.limits().connections(), connector));
    Answers answers = new Answers(counters);
    server.setErrorHandler(answers.errorHandler());
    Entrance entrance = new Entrance(options.http().authenticated() ? options.tokens() : null);
    server.setHandler(
        new GracefulHandler(
            new ExportHandler(options, ingest, gate, arrivals, entrance, answers, workers)));
  }

  private static ServerConnector connector(
      Server server, HttpConfiguration http, @Nullable ServerTls tls) {
    if (tls == null) {
      return new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    }
    http.addCustomizer(new SecureRequestCustomizer(false)); // Any name will do: tokens guard.
    SslContextFactory.Server ssl = new SslContextFactory.Server();
    ssl.setSslContext(tls.context());
    ssl.setNeedClientAuth(tls.clients() != null);
    return new ServerConnector(
        server,
        1,
        1,
        new SslConnectionFactory(ssl, HttpVersion.HTTP_1_1.asString()),
        new HttpConnectionFactory(http));
  }

  void start() throws IOException {
    try {
      connector.open();
      server.start();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  int port() {
    return connector.getLocalPort();
  }

  /** Takes no new requests, and gives those under way the time to end. */
  void shutdown(long graceMillis) throws Exception {
    server.setStopTimeout(graceMillis);
    server.stop();
  }
}
