package dev.assay.web.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.assay.store.fact.Attribution;
import dev.assay.store.fact.Change;
import dev.assay.store.report.ChangeSummary;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A merged pull request, or a commit that came without one, with the sums of its verdicts.
 *
 * @param id opaque, for the URL
 * @param key for people: {@code github.com/acme/api#12}
 * @param state {@code provisional}, {@code final} or {@code undecided}; null where nothing was
 *     judged yet
 * @param withClaudeCode null, as are the lines, where it has no verdict
 * @param linesShare with Claude Code, of the effective added lines
 */
record PullRequestItem(
    String id,
    String key,
    String repository,
    @Nullable Integer number,
    String title,
    @Nullable String author,
    Instant mergedAt,
    String mergeCommit,
    @Nullable String url,
    @Nullable String state,
    @Nullable String undecidedReason,
    @Nullable Instant decidedAt,
    int rulesVersion,
    @Nullable Boolean withClaudeCode,
    @Nullable Long lines,
    @Nullable Long linesWithClaudeCode,
    @Nullable Double linesShare,
    long sessions) {

  static PullRequestItem of(ChangeSummary summary) {
    Change change = summary.change();
    boolean decided = summary.state() != null && summary.state() != Attribution.State.UNDECIDED;
    return new PullRequestItem(
        PublicId.of(change.key()),
        change.key(),
        change.repository(),
        change.number(),
        change.title(),
        change.author(),
        change.mergedAt(),
        change.mergeCommit(),
        webAddress(change.url()),
        summary.state() == null ? null : summary.state().name().toLowerCase(Locale.ROOT),
        summary.undecidedReason(),
        summary.decidedAt(),
        summary.rulesVersion(),
        decided ? (Boolean) summary.withClaudeCode() : null,
        decided ? (Long) summary.lines() : null,
        decided ? (Long) summary.linesWithClaudeCode() : null,
        Rate.of(summary.linesWithClaudeCode(), summary.lines()),
        summary.sessions());
  }

  /** Other people's text that becomes a link: only what a browser opens as a page. */
  private static @Nullable String webAddress(@Nullable String url) {
    return url != null && (url.startsWith("https://") || url.startsWith("http://")) ? url : null;
  }

  /**
   * One page of the list.
   *
   * @param next what {@code after} asks for the next page with; null on the last
   */
  record PageView(List<PullRequestItem> items, @Nullable String next) {}

  /**
   * One pull request with everything that is known of it.
   *
   * @param strategies lines with Claude Code, by strategy
   * @param reasons effective lines that are not, by reason
   * @param edits those that vouch for a line
   * @param textUnavailable why lines stand here without their text; null where they have it
   * @param cut whether files at the end came without rows, because the change is too long to show
   */
  record Detail(
      @JsonUnwrapped PullRequestItem summary,
      Map<String, Long> strategies,
      Map<String, Long> reasons,
      List<Evidence> edits,
      @Nullable String textUnavailable,
      boolean cut,
      List<FileView> files) {}

  /** An edit by Claude Code that vouches for lines. */
  record Evidence(
      String id,
      String session,
      @Nullable String user,
      Instant time,
      String tool,
      @Nullable String path,
      long lines) {}

  /**
   * One file.
   *
   * @param added lines, of every kind
   * @param effective those of them that count
   * @param binary whether it has no lines to show
   */
  record FileView(
      String path,
      @Nullable String oldPath,
      boolean binary,
      long added,
      long removed,
      long effective,
      long linesWithClaudeCode,
      List<DiffRows.Row> rows) {}
}
