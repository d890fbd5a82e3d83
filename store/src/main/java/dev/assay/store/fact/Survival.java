package dev.assay.store.fact;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How many of a change's lines stood, unchanged, in the default branch so many days after its
 * merge. It belongs to one attribution of the change, and falls with it.
 *
 * @param changeKey readable
 * @param days after the merge; 0 or more
 * @param atCommit the branch's last commit of that time; null where it is not known
 * @param decidedAt of the attribution whose lines were counted
 * @param claude lines of Claude Code
 * @param other effective lines that are not attributed
 * @param unknown why nothing could be counted; null where it could. Both counts are zero then, and
 *     mean nothing
 */
public record Survival(
    String changeKey,
    int days,
    @Nullable String atCommit,
    Instant decidedAt,
    Count claude,
    Count other,
    @Nullable String unknown) {

  /** Lines at the merge, and how many of them stood. */
  public record Count(long lines, long standing) {
    /** Nothing. */
    public static final Count NONE = new Count(0, 0);

    public Count {
      if (standing < 0 || standing > lines) {
        throw new IllegalArgumentException(standing + " of " + lines + " lines cannot stand");
      }
    }
  }
}
