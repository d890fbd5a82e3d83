package dev.assay.web.sample;

import dev.assay.receiver.access.Tokens;
import dev.assay.receiver.tls.ServerTls;
import dev.assay.store.Store;
import dev.assay.store.StoreOptions;
import dev.assay.store.StoreUnavailableException;
import dev.assay.store.Stores;
import dev.assay.web.WebOptions;
import dev.assay.web.WebServer;
import dev.assay.web.api.Progress;
import dev.assay.web.metrics.Metrics;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A whole server on a free port, with a real store. */
public final class AcmeServer implements AutoCloseable {
  private final Store store;
  private final Metrics metrics = new Metrics();
  private final WebServer server;
  private final HttpClient client = HttpClient.newHttpClient();
  private volatile Progress progress = Progress.NONE;

  private AcmeServer(Store store) throws IOException {
    this(store, null, null);
  }

  private AcmeServer(Store store, @Nullable Tokens tokens, @Nullable ServerTls tls)
      throws IOException {
    this.store = store;
    this.server =
        new WebServer(
            new WebOptions(WebOptions.LOOPBACK, 0, Set.of(), tokens, tls),
            store,
            () -> progress,
            Showcase.diffs(),
            metrics,
            Clock.fixed(Acme.at(Acme.TODAY, 20, 0), ZoneOffset.UTC));
    server.start();
  }

  /** With nothing in it. */
  public static AcmeServer empty(Path data) throws StoreUnavailableException, IOException {
    return new AcmeServer(Stores.open(StoreOptions.in(data).withFsync(false)));
  }

  /** With nothing in it, and open to who has a token. */
  public static AcmeServer guarded(Path data, Tokens tokens)
      throws StoreUnavailableException, IOException {
    return new AcmeServer(Stores.open(StoreOptions.in(data).withFsync(false)), tokens, null);
  }

  /** With nothing in it, with TLS, and, where there are tokens, open to who has one. */
  public static AcmeServer secured(Path data, @Nullable Tokens tokens, ServerTls tls)
      throws StoreUnavailableException, IOException {
    return new AcmeServer(Stores.open(StoreOptions.in(data).withFsync(false)), tokens, tls);
  }

  /** On a store that fails at everything. */
  public static AcmeServer broken() throws IOException {
    return new AcmeServer(new BrokenStore());
  }

  /** With the six weeks of {@link Acme}. */
  public static AcmeServer filled(Path data) throws StoreUnavailableException, IOException {
    return filled(StoreOptions.in(data));
  }

  /** The same, with a store of these options. */
  public static AcmeServer filled(StoreOptions options)
      throws StoreUnavailableException, IOException {
    AcmeServer server = new AcmeServer(Stores.open(options.withFsync(false)));
    new Acme().fill(server.store);
    server.progress(new Progress(List.of(), Acme.followed()));
    server
        .metrics
        .meter("dev.assay.receiver.otlp")
        .counterBuilder("assay.otlp.requests")
        .build()
        .add(
            412,
            Attributes.of(
                AttributeKey.stringKey("signal"),
                "logs",
                AttributeKey.stringKey("protocol"),
                "grpc",
                AttributeKey.stringKey("outcome"),
                "accepted"));
    return server;
  }

  public Store store() {
    return store;
  }

  public Metrics metrics() {
    return metrics;
  }

  public void progress(Progress now) {
    progress = now;
  }

  public URI address(String path) {
    return server.address().resolve(path);
  }

  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(address(path)).build());
  }

  public HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    server.shutdown();
    metrics.close();
    store.close();
  }

  /** Serves the sample until it is ended, to look at it: {@code AcmeServer <data directory>}. */
  public static void main(String[] args) throws Exception {
    AcmeServer server = filled(Path.of(args[0]));
    System.out.println(server.address("/"));
    Thread.currentThread().join();
  }
}
