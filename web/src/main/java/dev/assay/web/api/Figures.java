package dev.assay.web.api;

import dev.assay.store.Reports;
import dev.assay.store.report.LeaderboardRow;
import dev.assay.store.report.PullRequestDay;
import dev.assay.store.report.SpendDay;
import dev.assay.store.report.TeamMember;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The figures of the dashboard's cards, charts and tables. */
final class Figures {
  private final Reports reports;
  private final Clock clock;

  Figures(Reports reports, Clock clock) {
    this.reports = reports;
    this.clock = clock;
  }

  List<Route> routes() {
    List<String> filters = Route.FILTERS;
    return List.of(
        Route.json("/api/v1/summary", "The figures of the summary cards.", filters, this::summary),
        Route.json("/api/v1/adoption", "Users and sessions of each day.", filters, this::adoption),
        Route.json(
            "/api/v1/pull-requests-per-user",
            "Merged pull requests, active users and their ratio, of each day.",
            filters,
            this::perUser),
        Route.json(
            "/api/v1/pull-requests-daily",
            "Merged pull requests and their lines of each day, with and without Claude Code.",
            filters,
            this::daily),
        Route.json(
            "/api/v1/leaderboard",
            "The ten first users, by pull requests or by lines with Claude Code.",
            List.of("from", "to", "repository", "user", "by"),
            this::leaderboard),
        Route.json("/api/v1/spend", "Estimated cost of each day, by model.", filters, this::spend),
        Route.json(
            "/api/v1/team",
            "Everyone who ever appeared, with estimated spend and lines of one month.",
            List.of("month"),
            this::team));
  }

  private void summary(Context ctx) {
    ctx.json(SummaryView.of(reports.summary(Parameters.of(ctx).filter())));
  }

  private void adoption(Context ctx) {
    ctx.json(new Items<>(reports.adoption(Parameters.of(ctx).filter())));
  }

  private void perUser(Context ctx) {
    ctx.json(
        new Items<>(
            reports.pullRequestDays(Parameters.of(ctx).filter()).stream()
                .map(PerUserDay::of)
                .toList()));
  }

  private void daily(Context ctx) {
    ctx.json(
        new Items<>(
            reports.pullRequestDays(Parameters.of(ctx).filter()).stream()
                .map(DailyView::of)
                .toList()));
  }

  private void leaderboard(Context ctx) {
    Parameters parameters = Parameters.of(ctx);
    String by = parameters.choice("by", "pull-requests", "lines");
    ctx.json(
        new Items<>(
            reports.leaderboard(parameters.filter(), by.equals("lines")).stream()
                .map(Leader::of)
                .toList()));
  }

  private void spend(Context ctx) {
    List<SpendDay> days = reports.spend(Parameters.of(ctx).filter());
    ctx.json(new SpendView(days, "USD", true));
  }

  private void team(Context ctx) {
    YearMonth month = Parameters.of(ctx).month("month", YearMonth.now(clock));
    ctx.json(new TeamView(month.toString(), reports.team(month), "USD", true));
  }

  /** A list in an object, so that it can grow a {@code next}. */
  record Items<T>(List<T> items) {}

  /** Merged pull requests for each active user; the ratio is null on a day without users. */
  record PerUserDay(LocalDate day, long pullRequests, long users, @Nullable Double ratio) {
    static PerUserDay of(PullRequestDay day) {
      return new PerUserDay(
          day.day(), day.pullRequests(), day.users(), Rate.of(day.pullRequests(), day.users()));
    }
  }

  /**
   * Pull requests and lines of a day, both kinds told apart; undecided ones are of neither kind.
   * Null where a day has undecided ones alone.
   */
  record DailyView(
      LocalDate day,
      long pullRequests,
      @Nullable Long pullRequestsWithClaudeCode,
      @Nullable Long pullRequestsWithoutClaudeCode,
      long undecided,
      @Nullable Long lines,
      @Nullable Long linesWithClaudeCode,
      @Nullable Long linesWithoutClaudeCode) {
    static DailyView of(PullRequestDay day) {
      Judged judged = new Judged(day.pullRequests(), day.undecided());
      return new DailyView(
          day.day(),
          day.pullRequests(),
          judged.sum(day.pullRequestsWithClaudeCode()),
          judged.sum(day.pullRequests() - day.pullRequestsWithClaudeCode() - day.undecided()),
          day.undecided(),
          judged.sum(day.lines()),
          judged.sum(day.linesWithClaudeCode()),
          judged.sum(day.lines() - day.linesWithClaudeCode()));
    }
  }

  /** One of the first ten; null where none of their pull requests has a verdict. */
  record Leader(
      String user,
      long pullRequests,
      @Nullable Long pullRequestsWithClaudeCode,
      long undecided,
      @Nullable Long lines,
      @Nullable Long linesWithClaudeCode) {
    static Leader of(LeaderboardRow row) {
      Judged judged = new Judged(row.pullRequests(), row.undecided());
      return new Leader(
          row.user(),
          row.pullRequests(),
          judged.sum(row.pullRequestsWithClaudeCode()),
          row.undecided(),
          judged.sum(row.lines()),
          judged.sum(row.linesWithClaudeCode()));
    }
  }

  /** Spend with its currency, and the mark that it is no invoice. */
  record SpendView(List<SpendDay> items, String currency, boolean estimate) {}

  /** The members with the month that their figures are of. */
  record TeamView(String month, List<TeamMember> items, String currency, boolean estimate) {}
}
