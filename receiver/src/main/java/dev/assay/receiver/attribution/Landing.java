package dev.assay.receiver.attribution;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A hunk landed where its lines stand in the change at the place of the base file at which the edit
 * put them, and in their order. Then its short and common lines vouch too, and lines that people
 * changed a little. docs/attribution.md, rules C3 and B3.
 */
final class Landing {
  /** Diffs may slide equal lines by a few, and git's choice is not Claude Code's. */
  static final int SLACK = 3;

  private static final Comparator<Landing> MOST_FIRST =
      Comparator.<Landing>comparingInt(l -> -l.pairs.size())
          .thenComparing(l -> l.hunk.get(0).edit.time(), Comparator.reverseOrder())
          .thenComparing(l -> l.hunk.get(0).edit.toolUseId())
          .thenComparingInt(l -> l.hunk.get(0).hunk);

  /** What is asked of a hunk, and which of its lines may vouch. */
  enum Kind {
    /** At least half of the lines that the session left standing are there, equal. */
    EXACT,
    /** At least half of them are there, equal or similar. */
    SIMILAR,
    /** At least three lines are there, with those that the session had removed again. */
    BROUGHT_BACK;

    boolean open(WrittenLine line) {
      return line.free() || (this == BROUGHT_BACK && line.freeButWithdrawn());
    }
  }

  private final ChangedFile file;
  private final Thresholds thresholds;
  private final Kind kind;
  private final List<WrittenLine> hunk;
  private final Set<Integer> attributedHunks;
  private final List<Pair> pairs;

  private Landing(
      ChangedFile file,
      Thresholds thresholds,
      Kind kind,
      List<WrittenLine> hunk,
      Set<Integer> attributedHunks,
      List<AddedLine> there,
      Limits limits) {
    this.file = file;
    this.thresholds = thresholds;
    this.kind = kind;
    this.hunk = hunk;
    this.attributedHunks = attributedHunks;
    List<Pair> aligned = new Alignment(hunk, there, kind, thresholds, limits).pairs();
    this.pairs = kind == Kind.BROUGHT_BACK ? inRows(aligned) : aligned;
  }

  /** Attributes lines of every hunk that landed, the largest first. */
  static void take(
      ChangedFile file, List<Draft> drafts, Thresholds thresholds, Kind kind, Limits limits) {
    List<Landing> landings = new ArrayList<>();
    for (Draft draft : drafts) {
      Set<Integer> attributedHunks = new HashSet<>();
      if (kind == Kind.BROUGHT_BACK) { // nothing else asks
        draft.everWritten.stream()
            .filter(line -> vouchesIn(file, line))
            .forEach(line -> attributedHunks.add(line.hunk));
      }
      eachHunk(
          draft,
          lines ->
              draft.places(lines.get(0).hunk).stream()
                  .map(place -> of(file, place, lines, attributedHunks, thresholds, kind, limits))
                  .filter(landing -> landing != null && landing.landed(landing.pairs))
                  .findFirst()
                  .ifPresent(landings::add));
    }
    landings.sort(MOST_FIRST);
    landings.forEach(Landing::take);
  }

  private static void eachHunk(Draft draft, Consumer<List<WrittenLine>> then) {
    List<WrittenLine> all = draft.everWritten;
    int from = 0;
    for (int to = 1; to <= all.size(); to++) {
      if (to == all.size() || all.get(to).hunk != all.get(from).hunk) {
        then.accept(all.subList(from, to));
        from = to;
      }
    }
  }

  private static @Nullable Landing of(
      ChangedFile file,
      Place place,
      List<WrittenLine> all,
      Set<Integer> attributedHunks,
      Thresholds thresholds,
      Kind kind,
      Limits limits) {
    List<WrittenLine> hunk =
        all.stream().filter(line -> kind.open(line) || vouchesIn(file, line)).toList();
    boolean asked =
        hunk.stream()
            .anyMatch(line -> kind == Kind.BROUGHT_BACK ? line.freeButWithdrawn() : line.free());
    if (!asked) {
      return null;
    }
    boolean few = hunk.size() < thresholds.movedRun();
    List<AddedLine> there =
        file.at(place, few ? 0 : SLACK).stream()
            .filter(line -> line.free() || line.match() != null)
            .toList();
    boolean placed =
        !few
            || (kind == Kind.BROUGHT_BACK
                && hunk.stream().anyMatch(line -> file.distinctive(line.text)))
            || !limits.past(Limit.AROUND_FEW, there.size());
    return placed && !there.isEmpty()
        ? new Landing(file, thresholds, kind, hunk, attributedHunks, there, limits)
        : null;
  }

  /**
   * Those that stand in the change as in the hunk, in a row of at least three with what the hunk
   * has there already: one line alone may have been typed again. And those whose replacement stands
   * in the file too: people kept both.
   */
  private List<Pair> inRows(List<Pair> aligned) {
    Map<WrittenLine, AddedLine> places = new HashMap<>();
    aligned.forEach(pair -> places.put(pair.written(), pair.added()));
    Set<Pair> kept = new LinkedHashSet<>();
    Set<WrittenLine> row = new LinkedHashSet<>();
    AddedLine last = null;
    for (WrittenLine line : hunk) {
      AddedLine at = vouchesIn(file, line) ? line.vouchesFor() : places.get(line);
      if (at == null || last == null || file.nextEffective(last) != at) {
        keep(row, aligned, kept);
        row.clear();
      }
      if (at != null) {
        row.add(line);
      }
      last = at;
    }
    keep(row, aligned, kept);
    aligned.stream().filter(this::keptAfterAll).forEach(kept::add);
    return List.copyOf(kept);
  }

  /** Whether what the session put in place of the line stands in the file too. */
  private boolean keptAfterAll(Pair pair) {
    return attributedHunks.contains(pair.written().replacedBy());
  }

  private void keep(Set<WrittenLine> row, List<Pair> aligned, Set<Pair> kept) {
    if (row.size() >= thresholds.movedRun()) {
      aligned.stream().filter(pair -> row.contains(pair.written())).forEach(kept::add);
    }
  }

  private void take() {
    List<Pair> free =
        pairs.stream().filter(p -> p.added().free() && kind.open(p.written())).toList();
    if (landed(free)) {
      free.forEach(Pair::take);
    }
  }

  private boolean landed(List<Pair> landing) {
    List<WrittenLine> before = hunk.stream().filter(line -> vouchesIn(file, line)).toList();
    int all = before.size() + landing.size();
    if (landing.isEmpty()) {
      return false;
    }
    if (kind != Kind.BROUGHT_BACK) {
      return 2 * all >= hunk.size();
    }
    return landing.stream().anyMatch(this::keptAfterAll)
        || (all >= thresholds.movedRun()
            && (before.stream().anyMatch(line -> file.distinctive(line.text))
                || landing.stream().anyMatch(pair -> file.distinctive(pair.added().text))));
  }

  private static boolean vouchesIn(ChangedFile file, WrittenLine line) {
    AddedLine by = line.vouchesFor();
    return by != null && by.file == file;
  }
}
