package dev.assay.web.api;

import dev.assay.receiver.follow.FollowProgress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Long work and how far it is, for the dashboard's progress bar.
 *
 * @param tasks in the order in which they are shown; those that are done may stay in the list
 * @param repositories those that are followed, each with its problem where it has one
 */
public record Progress(List<Task> tasks, List<FollowProgress.Followed> repositories) {
  /** Nothing long was ever under way. */
  public static final Progress NONE = new Progress(List.of());

  public Progress {
    tasks = List.copyOf(tasks);
    repositories = List.copyOf(repositories);
  }

  /** Where no repository is followed. */
  public Progress(List<Task> tasks) {
    this(tasks, List.of());
  }

  /** Whether anything is still to be waited for. */
  public boolean busy() {
    return tasks.stream().anyMatch(task -> task.state() == State.RUNNING);
  }

  /**
   * One piece of long work.
   *
   * @param name stable, for programs: {@code scan}, {@code index}, {@code attribution}
   * @param label for people, for instance {@code Reading transcripts}
   * @param done how many units
   * @param total how many units in all; 0 while that is not known
   * @param unit of both: {@code bytes}, {@code pull requests}, {@code edits}
   * @param detail what it is at just now, or why it failed
   */
  public record Task(
      String name,
      String label,
      State state,
      long done,
      long total,
      String unit,
      @Nullable String detail) {}

  /** Where a task stands. */
  public enum State {
    WAITING,
    RUNNING,
    DONE,
    FAILED
  }
}
