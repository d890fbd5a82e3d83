package dev.assay.receiver.follow;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far the attribution of history is.
 *
 * @param done changes that have a verdict, or a reason why not, that still holds
 * @param total changes that were found
 * @param oldestUnjudged when the oldest change was merged that was never judged; one that is judged
 *     again is not meant. Null where there is none
 * @param undecided those of {@code done} that have a reason instead of verdicts
 * @param busy whether anything is due
 * @param current the change that is judged just now, by its readable key
 * @param waiting why nothing is judged although it is due; null where that is not so
 * @param repositories each with its problem, where it has one
 */
public record FollowProgress(
    long done,
    long total,
    @Nullable Instant oldestUnjudged,
    long undecided,
    boolean busy,
    @Nullable String current,
    @Nullable String waiting,
    List<Followed> repositories) {
  /** Nothing was looked at yet. */
  public static final FollowProgress NONE =
      new FollowProgress(0, 0, null, 0, false, null, null, List.of());

  public FollowProgress {
    repositories = List.copyOf(repositories);
  }

  /**
   * A repository that is followed.
   *
   * @param directory as it was configured, or as the agent told it
   * @param name under which its changes are kept; null where that is unknown
   * @param branch that counts as merged; null where that is unknown
   * @param changes how many were found
   * @param pullRequests how many of them have a number
   * @param shallow whether its history is cut off
   * @param problem why nothing, or not everything, can be read; null where all is well
   */
  public record Followed(
      String directory,
      @Nullable String name,
      @Nullable String branch,
      long changes,
      long pullRequests,
      boolean shallow,
      @Nullable String problem) {}
}
