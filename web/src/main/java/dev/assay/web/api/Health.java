package dev.assay.web.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.assay.receiver.follow.FollowProgress;
import dev.assay.store.Store;
import dev.assay.store.StoreHealth;
import dev.assay.store.report.Coverage;
import dev.assay.web.metrics.Metrics;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/** Whether the server lives, whether it can work, how far long work is, and its counters. */
final class Health {
  private static final String TEXT = "text/plain; charset=utf-8";

  /** Of what arrives by OTLP: requests with their outcome, and records that were not kept. */
  private static final String RECEIVER_COUNTERS = "assay_otlp_";

  private final Store store;
  private final Supplier<Progress> progress;
  private final Metrics metrics;
  private final InstantSource clock;

  Health(Store store, Supplier<Progress> progress, Metrics metrics, InstantSource clock) {
    this.store = store;
    this.progress = progress;
    this.metrics = metrics;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.json("/api/v1/progress", "Long work and how far it is.", List.of(), this::progress),
        Route.json("/api/v1/coverage", "How complete the data is.", List.of(), this::coverage),
        Route.of("/healthz", "200 while the process answers.", TEXT, Health::alive),
        Route.of("/readyz", "200 while commits are accepted, else 503.", TEXT, this::ready),
        Route.of("/metrics", "Counters for Prometheus.", Metrics.CONTENT_TYPE, this::metrics));
  }

  private void progress(Context ctx) {
    Progress now = progress.get();
    ctx.json(new ProgressView(now.busy(), now.tasks(), store.health()));
  }

  private void coverage(Context ctx) {
    Parameters.of(ctx);
    Coverage facts = store.reports().coverage();
    List<Metrics.Count> received = metrics.counts(RECEIVER_COUNTERS);
    ctx.json(
        new CoverageView(
            facts,
            Missing.of(facts.exporters(), received, clock.instant()),
            progress.get().repositories(),
            received));
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

  /**
   * How complete the data is.
   *
   * @param missing who and what does not come, or not as it should
   * @param repositories those that are followed, with their problems
   * @param received what the receiver counted since the server's start
   */
  record CoverageView(
      @JsonUnwrapped Coverage facts,
      Missing missing,
      List<FollowProgress.Followed> repositories,
      List<Metrics.Count> received) {}

  /** What is under way, and how the store stands. */
  record ProgressView(boolean busy, List<Progress.Task> tasks, StoreHealth store) {}
}
