package dev.assay.receiver.attribution;

import dev.assay.store.fact.EditFact;
import dev.assay.store.fact.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Words each line's verdict, with its evidence or the reason why not. */
final class Verdicts {
  private final Writings writings;

  Verdicts(Writings writings) {
    this.writings = writings;
  }

  List<Verdict> of(ChangedFile file) {
    Map<String, Reason> written = written(file);
    List<Verdict> verdicts = new ArrayList<>(file.lines.size());
    for (AddedLine line : file.lines) {
      AddedLine.Match match = line.match();
      if (match == null) {
        verdicts.add(not(line, line.gate != null ? line.gate : why(line, written)));
      } else {
        EditFact edit = match.by().edit;
        verdicts.add(
            new Verdict(
                file.path,
                line.number,
                true,
                true,
                match.strategy().word(),
                edit.sessionId(),
                edit.toolUseId(),
                match.difference(),
                null));
      }
    }
    return verdicts;
  }

  /** What the edits wrote of the lines that nobody vouches for, and why it does not. */
  private Map<String, Reason> written(ChangedFile file) {
    Set<String> asked = new HashSet<>();
    for (AddedLine line : file.lines) {
      if (line.match() == null && line.gate == null) {
        asked.add(line.text);
        asked.addAll(line.cell);
      }
    }
    Map<String, Reason> written = new HashMap<>();
    for (Draft draft : writings.of(file.paths())) {
      for (WrittenLine line : draft.everWritten) {
        if (line.effective && asked.contains(line.text)) {
          written.merge(line.text, reason(file, line), Verdicts::nearest);
        }
      }
    }
    return written;
  }

  private static Verdict not(AddedLine line, Reason reason) {
    return new Verdict(
        line.file.path, line.number, line.effective, false, null, null, null, 0, reason.words());
  }

  /** What keeps a written line from vouching for another added line with its text. */
  private static Reason reason(ChangedFile file, WrittenLine line) {
    if (line.alsoRemoved()) {
      return Reason.ONLY_MOVED_BY_EDIT;
    }
    if (line.withdrawn()) {
      return Reason.REMOVED_AGAIN;
    }
    if (line.vouchesFor() != null) {
      return Reason.WRITTEN_LESS_OFTEN;
    }
    return file.commonness().tooShort(line.text) ? Reason.TOO_SHORT : Reason.TOO_COMMON;
  }

  /** Of several, the one that lacked least. */
  private static Reason nearest(Reason a, Reason b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  /** What keeps a cell back of which Claude Code wrote every line; null where it did not. */
  private static @Nullable Reason ofCell(AddedLine line, Map<String, Reason> written) {
    if (!written.keySet().containsAll(line.cell)) {
      return written.get(line.text);
    }
    List<Reason> reasons =
        line.cell.stream().map(text -> written.getOrDefault(text, Reason.TOO_COMMON)).toList();
    return reasons.stream()
        .filter(reason -> reason.compareTo(Reason.TOO_COMMON) > 0)
        .min(Comparator.naturalOrder())
        .orElseGet(
            () ->
                line.cell.stream().anyMatch(line.file::distinctive)
                    ? Reason.WRITTEN_LESS_OFTEN
                    : Collections.max(reasons));
  }

  private Reason why(AddedLine line, Map<String, Reason> written) {
    Reason known = line.cell.isEmpty() ? written.get(line.text) : ofCell(line, written);
    if (known != null) {
      return known;
    }
    if (writings.outsideWindow(line.text)) {
      return Reason.OUTSIDE_WINDOW;
    }
    if (line.file.paths().stream().anyMatch(writings::withoutLines)) {
      return Reason.LINES_UNKNOWN;
    }
    return writings.of(line.file.paths()).isEmpty() ? Reason.NO_CANDIDATE : Reason.TOO_DIFFERENT;
  }
}
