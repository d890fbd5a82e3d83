package dev.assay.store.embedded;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Committed edits on their way to the line index, in order and in bounded memory: where too many
 * come, or some that are not known, all are forgotten, and read from the facts. Not for several
 * threads at once.
 */
final class WaitingEdits {
  private final long limitBytes;
  private final ArrayDeque<CommittedEdits> waiting = new ArrayDeque<>();
  private long bytes;

  /** Edits up to this version are not here. */
  private long forgotten;

  /**
   * @param version up to which edits were committed before
   */
  WaitingEdits(long limitBytes, long version) {
    this.limitBytes = limitBytes;
    this.forgotten = version;
  }

  void add(CommittedEdits edits) {
    if (!edits.known() || bytes + edits.bytes() > limitBytes) {
      waiting.clear();
      bytes = 0;
      forgotten = Math.max(forgotten, edits.version());
    } else {
      waiting.add(edits);
      bytes += edits.bytes();
    }
  }

  /** Takes those after one version and up to another; null where not all of them are here. */
  @Nullable List<CommittedEdits> take(long from, long to) {
    List<CommittedEdits> taken = new ArrayList<>();
    for (CommittedEdits next = waiting.peek();
        next != null && next.version() <= to;
        next = waiting.peek()) {
      waiting.remove();
      bytes -= next.bytes();
      if (next.version() > from) {
        taken.add(next);
      }
    }
    return from < forgotten ? null : taken;
  }
}
