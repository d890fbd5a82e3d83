package dev.assay.receiver.otlp;

import java.io.IOException;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** OTLP over HTTP: Jetty's core, without servlets. */
final class HttpEndpoint {
  /** As for gRPC, each request under way occupies one; acceptor and selector two more. */
  private static final int THREADS = 34;

  private static final int IDLE_MILLIS = 30_000;
  private static final int LIMIT_HEADER_BYTES = 16 * 1024;

  private final Server server;
  private final ServerConnector connector;

  HttpEndpoint(OtlpOptions options, Ingest ingest, Gate gate, Counters counters) {
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, 4);
    threads.setName("otlp-http");
    threads.setDaemon(true);
    server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    http.setRequestHeaderSize(LIMIT_HEADER_BYTES);
    connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setIdleTimeout(IDLE_MILLIS);
    connector.setHost(options.host());
    connector.setPort(options.httpPort());
    server.addConnector(connector);
    Answers answers = new Answers(counters);
    server.setErrorHandler(answers.errorHandler());
    server.setHandler(new GracefulHandler(new ExportHandler(options, ingest, gate, answers)));
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
