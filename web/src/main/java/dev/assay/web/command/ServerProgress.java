package dev.assay.web.command;

import dev.assay.receiver.follow.FollowProgress;
import dev.assay.receiver.follow.Follower;
import dev.assay.store.Store;
import dev.assay.web.api.Progress;
import dev.assay.web.status.AgentStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How far the long work is: the agent's first scan, the line index, the history's attribution. */
final class ServerProgress {
  private final Path data;
  private final Store store;
  private final Follower follower;

  ServerProgress(Path data, Store store, Follower follower) {
    this.data = data;
    this.store = store;
    this.follower = follower;
  }

  /** As it stands at this moment. */
  Progress now() {
    List<Progress.Task> tasks = new ArrayList<>();
    AgentStatus.read(data)
        .filter(AgentStatus::alive)
        .ifPresent(
            agent ->
                tasks.add(
                    new Progress.Task(
                        "scan",
                        "Reading sessions",
                        agent.scanning() ? Progress.State.RUNNING : Progress.State.DONE,
                        agent.bytesRead(),
                        agent.bytesTotal(),
                        "bytes",
                        agent.transcripts() + " transcripts")));
    if (store.health().indexRebuilding()) {
      tasks.add(
          new Progress.Task(
              "index",
              "Rebuilding the line index",
              Progress.State.RUNNING,
              store.health().indexedLines(),
              0,
              "lines",
              null));
    }
    FollowProgress followed = follower.progress();
    if (followed.total() > 0) {
      tasks.add(
          new Progress.Task(
              "attribution",
              "Attributing merged changes",
              followed.busy() ? Progress.State.RUNNING : Progress.State.DONE,
              followed.done(),
              followed.total(),
              "changes",
              followed.waiting() == null ? followed.current() : followed.waiting()));
    }
    return new Progress(tasks, followed.repositories());
  }

  /** One line for a terminal; empty where nothing is under way. */
  static String line(Progress progress) {
    StringBuilder line = new StringBuilder();
    for (Progress.Task task : progress.tasks()) {
      if (task.state() != Progress.State.RUNNING) {
        continue;
      }
      line.append(line.isEmpty() ? "" : " · ").append(task.label());
      if (task.total() > 0) {
        line.append(' ').append(100 * task.done() / task.total()).append('%');
      } else {
        line.append(' ').append(task.done()).append(' ').append(task.unit());
      }
      if (task.detail() != null) {
        line.append(" (").append(task.detail()).append(')');
      }
    }
    return line.toString();
  }
}
