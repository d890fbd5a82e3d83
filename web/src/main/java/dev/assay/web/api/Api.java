package dev.assay.web.api;

import dev.assay.store.Store;
import dev.assay.web.metrics.Metrics;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All paths of the HTTP API, as docs/api.md lists them. */
public final class Api {
  private static final Logger LOG = LoggerFactory.getLogger(Api.class);

  private final List<Route> routes = new ArrayList<>();

  /**
   * @param clock says which month is "this month"
   */
  public Api(
      Store store, Supplier<Progress> progress, DiffSource diffs, Metrics metrics, Clock clock) {
    routes.addAll(new Figures(store.reports(), clock).routes());
    routes.addAll(new PullRequests(store, diffs).routes());
    SurvivalFigures survival = new SurvivalFigures(store.reports(), clock);
    routes.add(survival.route());
    routes.addAll(new Exports(store.reports(), survival).routes());
    routes.addAll(new UsageReport(store.reports()).routes());
    routes.addAll(new Health(store, progress, metrics, clock).routes());
    routes.add(webhook());
    routes.add(OpenApi.route(List.copyOf(routes)));
  }

  /** Adds the paths and the errors' shape. */
  public void register(RoutesConfig config) {
    for (Route route : routes) {
      config.addHttpHandler(route.method(), route.path(), route.handler());
    }
    config.exception(BadParameterException.class, (e, ctx) -> Problem.of(e).answer(ctx));
    config.exception(HttpResponseException.class, Api::refused);
    config.exception(Exception.class, Api::failed);
  }

  List<Route> routes() {
    return List.copyOf(routes);
  }

  private static Route webhook() {
    return new Route(
        HandlerType.POST,
        "/webhooks/github",
        "Not there yet: answers 501.",
        List.of(),
        Problem.CONTENT_TYPE,
        ctx ->
            Problem.of(
                    HttpStatus.NOT_IMPLEMENTED,
                    "This server does not take deliveries from GitHub yet; it finds merged pull"
                        + " requests in local repositories.")
                .answer(ctx));
  }

  private static void refused(HttpResponseException e, Context ctx) {
    HttpStatus status = HttpStatus.forStatus(e.getStatus());
    String detail =
        switch (status) {
          case NOT_FOUND -> "There is nothing at " + ctx.path() + ".";
          case METHOD_NOT_ALLOWED -> ctx.method() + " is not possible at " + ctx.path() + ".";
          default -> String.valueOf(e.getMessage());
        };
    Problem.of(status, detail).answer(ctx);
  }

  /** A broken world: loud in the log, without details to the caller. */
  private static void failed(Exception e, Context ctx) {
    LOG.error("{} {} failed", ctx.method(), ctx.path(), e);
    Problem.of(
            HttpStatus.INTERNAL_SERVER_ERROR,
            "The server failed to answer; its log says why. It goes on with other requests.")
        .answer(ctx);
  }
}
