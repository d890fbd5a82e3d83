package dev.assay.web.api;

import dev.assay.store.Store;
import dev.assay.store.report.ChangeSummary;
import dev.assay.store.report.Filter;
import dev.assay.store.report.Page;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.util.List;
import java.util.Optional;

/** The list of merged pull requests, and each one with its evidence. */
final class PullRequests {
  static final int DEFAULT_LIMIT = 50;
  static final int MAX_LIMIT = 500;

  private final Store store;
  private final PullRequestDetail detail;

  PullRequests(Store store, DiffSource diffs) {
    this.store = store;
    this.detail = new PullRequestDetail(store, diffs);
  }

  List<Route> routes() {
    return List.of(
        Route.json(
            "/api/v1/pull-requests",
            "Merged pull requests, newest first.",
            List.of("from", "to", "repository", "user", "kind", "limit", "after"),
            this::list),
        Route.json(
            "/api/v1/pull-requests/{id}",
            "One with its files, lines, verdicts and evidence.",
            List.of(),
            this::one),
        Route.json(
            "/api/v1/repositories",
            "The repositories that edits name: what the filter can take.",
            List.of(),
            this::repositories));
  }

  private void list(Context ctx) {
    Parameters parameters = Parameters.of(ctx);
    Filter filter = parameters.filter();
    int limit = parameters.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
    boolean pullRequestsOnly = parameters.choice("kind", "pull-requests", "all").length() > 3;
    String after = parameters.text("after");
    Page<ChangeSummary> page;
    try {
      page = store.changes().list(filter, pullRequestsOnly, limit, after);
    } catch (IllegalArgumentException e) {
      throw new BadParameterException(
          "after", "after must be the next of an earlier answer with the same filters.");
    }
    ctx.json(
        new PullRequestItem.PageView(
            page.items().stream().map(PullRequestItem::of).toList(), page.next()));
  }

  private void one(Context ctx) {
    Parameters.of(ctx);
    Optional<ChangeSummary> summary =
        PublicId.key(ctx.pathParam("id")).flatMap(store.changes()::summary);
    ctx.json(detail.of(summary.orElseThrow(NotFoundResponse::new)));
  }

  private void repositories(Context ctx) {
    Parameters.of(ctx);
    ctx.json(new Figures.Items<>(store.edits().repositories()));
  }
}
