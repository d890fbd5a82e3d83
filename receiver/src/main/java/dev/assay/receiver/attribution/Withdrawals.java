package dev.assay.receiver.attribution;

import dev.assay.store.fact.EditFact;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a later edit removed again no longer vouches. A draft knows what its own session removed at
 * its place; here are the removals that remain: of another session's line, or of one that stood
 * elsewhere by then. docs/attribution.md, rule B2.
 */
final class Withdrawals {
  private static final Comparator<EditFact> IN_ORDER =
      Comparator.comparing(EditFact::time).thenComparing(EditFact::toolUseId);

  private final ChangedFile file;
  private final Set<String> added = new HashSet<>();

  /** Lines of the base file that removals took so far. */
  private final Map<String, Integer> takenFromBase = new HashMap<>();

  private Withdrawals(ChangedFile file) {
    this.file = file;
    file.lines.forEach(line -> added.add(line.text));
  }

  /** Withdraws lines of one file's drafts. */
  static void apply(ChangedFile file, List<Draft> drafts) {
    if (drafts.stream().anyMatch(draft -> !draft.removals.isEmpty())) {
      new Withdrawals(file).apply(drafts);
    }
  }

  private void apply(List<Draft> drafts) {
    Map<String, Deque<WrittenLine>> standing = new HashMap<>();
    drafts.stream()
        .flatMap(draft -> draft.everWritten.stream())
        .filter(WrittenLine::free)
        .sorted(Comparator.comparing(line -> line.edit, IN_ORDER))
        .forEach(line -> standing.computeIfAbsent(line.text, t -> new ArrayDeque<>()).add(line));
    drafts.stream()
        .flatMap(draft -> draft.removals.stream())
        .sorted(Comparator.comparing(Draft.Removal::edit, IN_ORDER))
        .forEach(
            removal -> remove(removal, standing.getOrDefault(removal.text(), new ArrayDeque<>())));
  }

  /** Takes the youngest line that is older than the removal, if it was not the base's own. */
  private void remove(Draft.Removal removal, Deque<WrittenLine> standing) {
    WrittenLine youngest = null;
    for (WrittenLine line : standing) {
      if (IN_ORDER.compare(line.edit, removal.edit()) < 0) {
        youngest = line;
      }
    }
    if (youngest == null || !partOfTheChange(removal, youngest)) {
      return;
    }
    int taken = takenFromBase.merge(removal.text(), 1, Integer::sum);
    if (taken > file.commonness().timesInFile(removal.text())) {
      youngest.withdraw();
      standing.remove(youngest);
    }
  }

  /**
   * Whether the edit that removed the line was merged with the change. One whose own lines are not
   * in the merged file belongs to another branch, or was undone.
   */
  private boolean partOfTheChange(Draft.Removal removal, WrittenLine line) {
    return removal.edit().sessionId().equals(line.edit.sessionId())
        || mostlyMerged(removal.work())
        || mostlyMerged(
            removal.draft().lines().stream()
                .filter(l -> l.effective && !l.alsoRemoved())
                .map(l -> l.text)
                .toList());
  }

  private boolean mostlyMerged(List<String> texts) {
    return !texts.isEmpty() && 2 * texts.stream().filter(this::merged).count() >= texts.size();
  }

  private boolean merged(String text) {
    return added.contains(text) || file.commonness().timesInFile(text) > 0;
  }
}
