package dev.assay.store.embedded;

import dev.assay.store.fact.EditFact;
import dev.assay.store.join.EditContent.Account;
import dev.assay.store.join.EditJoin;
import dev.assay.store.join.Join;
import java.util.List;
import java.util.Set;

/**
 * The edits of one transaction, for the line index, which then need not read them again.
 *
 * @param movedFrom windows in which one of them may have been before
 * @param known whether these are all; else the facts tell what came up to this version
 */
record CommittedEdits(long version, List<EditJoin> edits, Set<Long> movedFrom, boolean known) {
  /** An edit without its lines. */
  private static final long EDIT_BYTES = 1 << 10;

  CommittedEdits {
    edits = List.copyOf(edits);
    movedFrom = Set.copyOf(movedFrom);
  }

  CommittedEdits(long version, List<EditJoin> edits, Set<Long> movedFrom) {
    this(version, edits, movedFrom, true);
  }

  /** Of a commit that failed, and may be stored all the same. */
  static CommittedEdits unknown(long version) {
    return new CommittedEdits(version, List.of(), Set.of(), false);
  }

  /** About how much memory it takes. */
  long bytes() {
    long bytes = 0;
    for (EditJoin edit : edits) {
      bytes += EDIT_BYTES + EditTable.bytes(edit);
    }
    return bytes;
  }

  /** As attribution asks for it, without its user. */
  static EditFact fact(EditJoin edit) {
    Account counted = edit.content().counted();
    return new EditFact(
        edit.toolUseId(),
        edit.claim().sessionId(),
        null,
        Join.instant(edit.time().value()),
        edit.tool().value(),
        edit.repositories(),
        EditTable.path(edit),
        counted.linesAdded(),
        counted.linesRemoved(),
        edit.content().lines(),
        counted.userModified(),
        counted.partial());
  }
}
