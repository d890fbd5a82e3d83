package dev.assay.web.api;

import dev.assay.store.Store;
import dev.assay.store.StoreHealth;
import dev.assay.web.metrics.Metrics;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/** Whether the server lives, whether it can work, how far long work is, and its counters. */
final class Health {
  private static final String TEXT = "text/plain; charset=utf-8";

  private final Store store;
  private final Supplier<Progress> progress;
  private final Metrics metrics;

  Health(Store store, Supplier<Progress> progress, Metrics metrics) {
    this.store = store;
    this.progress = progress;
    this.metrics = metrics;
  }

  List<Route> routes() {
    return List.of(
        Route.json("/api/v1/progress", "Long work and how far it is.", List.of(), this::progress),
        Route.of("/healthz", "200 while the process answers.", TEXT, Health::alive),
        Route.of("/readyz", "200 while commits are accepted, else 503.", TEXT, this::ready),
        Route.of("/metrics", "Counters for Prometheus.", Metrics.CONTENT_TYPE, this::metrics));
  }

  private void progress(Context ctx) {
    Progress now = progress.get();
    ctx.json(new ProgressView(now.busy(), now.tasks(), store.health()));
  }

  private static void alive(Context ctx) {
    ctx.contentType(TEXT).result("ok\n");
  }

  private void ready(Context ctx) {
    StoreHealth health = store.health();
    ctx.contentType(TEXT);
    if (health.ready()) {
      ctx.result("ready\n");
    } else {
      ctx.status(HttpStatus.SERVICE_UNAVAILABLE).result("not ready: " + health.failure() + "\n");
    }
  }

  private void metrics(Context ctx) throws IOException {
    ctx.contentType(Metrics.CONTENT_TYPE);
    metrics.write(ctx.outputStream());
  }

  /** What is under way, and how the store stands. */
  record ProgressView(boolean busy, List<Progress.Task> tasks, StoreHealth store) {}
}
