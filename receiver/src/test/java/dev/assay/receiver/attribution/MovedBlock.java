package dev.assay.receiver.attribution;

import org.jspecify.annotations.Nullable;

/**
 * Whether the rules promise that the lines which one session wrote at a path are found in a file of
 * another: docs/attribution.md, rule F3.
 */
final class MovedBlock {
  private static final int RUN = 3;

  private final Promises promises;
  private final History history;
  private final Squash squash;
  private final Row.Origin origin;

  MovedBlock(Promises promises, History history, Squash squash, Row.Origin origin) {
    this.promises = promises;
    this.history = history;
    this.squash = squash;
    this.origin = origin;
  }

  boolean isIn(WorkingFile file) {
    boolean sameChange = promises.isInTheChange(origin.path());
    if (!sameChange && squash.base.committed(origin.path())) {
      return false;
    }
    int longest = 0;
    int run = 0;
    int here = 0;
    Row.@Nullable Origin last = null;
    for (int at = 0; at < file.rows.size(); at++) {
      Row row = file.rows.get(at);
      boolean counts = ofDraft(row) && promises.isAdded(file, at) && newToTheTree(file, row);
      here += counts ? 1 : 0;
      run = counts ? (last != null && last.above(row.origin()) ? run + 1 : 1) : 0;
      longest = Math.max(longest, run);
      last = counts ? row.origin() : null;
    }
    int elsewhere = history.books.drafted(origin.session(), origin.path()) - atHome();
    return longest >= RUN && 2 * here >= elsewhere;
  }

  private boolean newToTheTree(WorkingFile file, Row row) {
    return (row.untouched() || row.state() == Row.State.RESTYLED)
        && !promises.weak(file, row.text())
        && squash.base.filesWith(row.key()) == 0
        && promises.unique(row)
        && row.origin() != null
        && promises.inOneRow(row.origin());
  }

  /** The draft's lines that are accounted for at their own place. */
  private int atHome() {
    int home = 0;
    for (WorkingFile file : history.files) {
      for (int at = 0; at < file.rows.size() && Promises.ownPath(file, origin.path()); at++) {
        Row row = file.rows.get(at);
        boolean accounted =
            promises.isAdded(file, at) && (row.untouched() || row.state() == Row.State.RESTYLED);
        home += ofDraft(row) && accounted && !promises.weak(file, row.text()) ? 1 : 0;
      }
    }
    return home;
  }

  private boolean ofDraft(Row row) {
    Row.Origin its = row.origin();
    return its != null
        && its.session().equals(origin.session())
        && its.path().equals(origin.path());
  }
}
