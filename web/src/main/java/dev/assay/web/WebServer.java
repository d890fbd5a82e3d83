package dev.assay.web;

import dev.assay.receiver.tls.ServerTls;
import dev.assay.store.Store;
import dev.assay.web.api.Api;
import dev.assay.web.api.DiffSource;
import dev.assay.web.api.Progress;
import dev.assay.web.dashboard.Dashboard;
import dev.assay.web.guard.Guard;
import dev.assay.web.metrics.Metrics;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.json.JavalinJackson3;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The HTTP API and the dashboard. Build it, {@link #start} it once, {@link #shutdown} it once; it
 * owns none of what it is given.
 */
public final class WebServer {
  /** Requests at a time; more wait in the queue of connections. */
  private static final int MAX_THREADS = 32;

  /** Bytes of a request's body; nothing here takes more than a webhook's delivery. */
  private static final long MAX_REQUEST_BYTES = 1 << 20;

  private final WebOptions options;
  private final Javalin javalin;

  /**
   * @param progress asked each time that the dashboard asks
   * @param diffs where the text of a pull request is read from when somebody looks at it
   * @param metrics rendered at {@code /metrics}
   * @param clock says which month is "this month"
   */
  public WebServer(
      WebOptions options,
      Store store,
      Supplier<Progress> progress,
      DiffSource diffs,
      Metrics metrics,
      Clock clock) {
    this.options = options;
    metrics.observe(store);
    Api api = new Api(store, progress, diffs, metrics, clock);
    this.javalin = Javalin.create(config -> configure(config, options, api));
  }

  /**
   * Listens from now on.
   *
   * @throws IOException where the port cannot be had; the message names it
   */
  public void start() throws IOException {
    try {
      javalin.start(options.host(), options.port());
    } catch (JavalinBindException e) {
      throw new IOException(
          "The dashboard cannot listen on "
              + options.host()
              + ":"
              + options.port()
              + ": the port is in use, or the address is not one of this machine. Free the port, or"
              + " choose another with --web-port (0 takes a free one).",
          e);
    }
  }

  /** Stops listening, after the requests under way. */
  public void shutdown() {
    javalin.stop();
  }

  /** The port that it listens on; the real one where 0 was asked for. */
  public int port() {
    return javalin.port();
  }

  /** The address that it listens on. */
  public String host() {
    return options.host();
  }

  /** The dashboard's address, for people. */
  public URI address() {
    String host =
        options.host().contains(":") && !options.host().startsWith("[")
            ? "[" + options.host() + "]"
            : options.host();
    return URI.create((options.tls() == null ? "http://" : "https://") + host + ":" + port() + "/");
  }

  private static void configure(JavalinConfig config, WebOptions options, Api api) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.prefer405over404 = true;
    config.http.maxRequestSize = MAX_REQUEST_BYTES;
    config.jetty.threadPool = new QueuedThreadPool(MAX_THREADS, 4);
    config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
    ServerTls tls = options.tls();
    if (tls != null) {
      config.jetty.addConnector((server, http) -> secured(server, http, options, tls));
    }
    config.jsonMapper(new JavalinJackson3(json(), false));
    Set<String> hosts = new HashSet<>(options.allowedHosts());
    hosts.add(options.host());
    new Guard(hosts, options.tokens(), options.tls() != null).register(config.routes);
    api.register(config.routes);
    new Dashboard().register(config.routes);
  }

  private static ServerConnector secured(
      Server server, HttpConfiguration http, WebOptions options, ServerTls tls) {
    http.setSendServerVersion(false);
    http.addCustomizer(new SecureRequestCustomizer(false)); // Any name will do: tokens guard.
    SslContextFactory.Server ssl = new SslContextFactory.Server();
    ssl.setSslContext(tls.context());
    ssl.setNeedClientAuth(tls.clients() != null);
    ServerConnector connector =
        new ServerConnector(
            server,
            new SslConnectionFactory(ssl, HttpVersion.HTTP_1_1.asString()),
            new HttpConnectionFactory(http));
    connector.setHost(options.host());
    connector.setPort(options.port());
    return connector;
  }

  private static JsonMapper json() {
    return JsonMapper.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();
  }
}
