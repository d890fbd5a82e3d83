package dev.assay.receiver.attribution;

import dev.assay.proto.line.LineDistance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds lines that a formatter split, joined or spaced otherwise: a few written lines in a row and
 * a few added lines in a row whose texts are the same, once white space and the punctuation that
 * formatters add and drop are left out. docs/attribution.md, rule S4.
 */
final class ReflowMatch {
  /** Starts are looked up by this many characters. */
  private static final int KEY_CHARS = 6;

  private static final Comparator<Block> LONGEST_FIRST =
      Comparator.<Block>comparingInt(b -> -b.chars)
          .thenComparing(b -> b.written.get(0).edit.time(), Comparator.reverseOrder())
          .thenComparing(b -> b.written.get(0).edit.toolUseId())
          .thenComparingInt(b -> b.written.get(0).position())
          .thenComparingInt(b -> b.added.get(0).number);

  private final ChangedFile file;
  private final Thresholds thresholds;
  private final LineJoint joint;
  private final Limits limits;

  /** What the change removes, rows of lines as one text each; made when first asked for. */
  private @Nullable RemovedText removed;

  /** The same of what an edit removes, by its tool use. */
  private final Map<String, RemovedText> replaced = new HashMap<>();

  private ReflowMatch(ChangedFile file, Thresholds thresholds, LineJoint joint, Limits limits) {
    this.file = file;
    this.thresholds = thresholds;
    this.joint = joint;
    this.limits = limits;
  }

  /** Attributes lines of one file that are still free. */
  static void take(
      ChangedFile file, List<Draft> drafts, Thresholds thresholds, LineJoint joint, Limits limits) {
    new ReflowMatch(file, thresholds, joint, limits).take(drafts);
  }

  /** Rows of lines that have the same text. */
  private record Block(
      List<AddedLine> added, List<WrittenLine> written, List<Integer> origins, int chars) {
    /** Whether it may be told from others by its text alone. */
    boolean distinctive(ChangedFile file, Thresholds thresholds) {
      return chars >= thresholds.shortChars()
          && (added.stream().anyMatch(line -> file.distinctive(line.text))
              || written.stream().anyMatch(line -> file.distinctive(line.text)));
    }

    boolean free() {
      return added.stream().allMatch(ReflowMatch::usable)
          && added.stream().anyMatch(line -> isNew(line, written))
          && written.stream().allMatch(ReflowMatch::usable);
    }
  }

  private void take(List<Draft> drafts) {
    Map<String, List<WrittenLine>> written = written(drafts);
    Map<String, List<AddedLine>> starts = starts(written.keySet());
    List<Block> blocks = new ArrayList<>();
    for (Map.Entry<String, List<WrittenLine>> alike : written.entrySet()) {
      List<AddedLine> all = starts.getOrDefault(alike.getKey(), List.of());
      List<WrittenLine> lines = alike.getValue();
      for (int i = 0; i < lines.size(); i++) {
        for (AddedLine start : likewise(all, i, lines.size())) {
          Block block = grow(start, lines.get(i));
          if (block != null) {
            blocks.add(block);
          }
        }
      }
    }
    blocks.sort(LONGEST_FIRST);
    while (attributeSome(blocks)) {
      // One block may be the next one's neighbour.
    }
  }

  /** Attributes what is vouched for now, and drops what is done or can be nothing any more. */
  private boolean attributeSome(List<Block> blocks) {
    int[] attributed = new int[1];
    blocks.removeIf(
        block -> {
          if (!block.free()) {
            return true;
          }
          if (!vouchedFor(block)) {
            return false;
          }
          attribute(block);
          attributed[0]++;
          return true;
        });
    return attributed[0] > 0;
  }

  /** Whether more than the text speaks for a block. */
  private boolean vouchedFor(Block block) {
    if (joint.needsNeighbour()) {
      return hasNeighbour(block) && cameHere(block);
    }
    return hasNeighbour(block)
        || (block.distinctive(file, thresholds)
            && (cameHere(block) || hasAttributed(block.written)));
  }

  private boolean cameHere(Block block) {
    return inPlace(block) || known(block.written.get(0).draft);
  }

  /** The written lines that are free, by key, in their order: they are few. */
  private Map<String, List<WrittenLine>> written(List<Draft> drafts) {
    Map<String, List<WrittenLine>> found = new LinkedHashMap<>();
    for (Draft draft : drafts) {
      for (WrittenLine line : draft.lines()) {
        String key = usable(line) ? key(line) : "";
        if (!key.isEmpty()) {
          found.computeIfAbsent(key, k -> new ArrayList<>()).add(line);
        }
      }
    }
    return found;
  }

  /** The added lines with one of these keys, by key, in their order. */
  private Map<String, List<AddedLine>> starts(Set<String> keys) {
    Map<String, List<AddedLine>> found = new HashMap<>();
    if (keys.isEmpty() || file.lines.stream().noneMatch(AddedLine::free)) {
      return found;
    }
    for (AddedLine line : file.lines) {
      String key = usable(line) ? key(line) : "";
      if (keys.contains(key)) {
        found.computeIfAbsent(key, k -> new ArrayList<>()).add(line);
      }
    }
    return found;
  }

  /** Of too many, those that stand likewise in their order: rows of data come in their order. */
  private List<AddedLine> likewise(List<AddedLine> all, int at, int of) {
    if (!limits.past(Limit.REFLOWED_STARTS, all.size())) {
      return all;
    }
    int most = (int) limits.of(Limit.REFLOWED_STARTS);
    int place = (int) ((long) at * all.size() / of);
    int from = Math.min(Math.max(0, place - most / 2), all.size() - most);
    return all.subList(from, from + most);
  }

  private String key(AddedLine line) {
    StringBuilder key = new StringBuilder(joint.squeezed(line.letters, KEY_CHARS));
    AddedLine next = file.at(line.number + 1);
    while (key.length() > 0 && key.length() < KEY_CHARS && next != null && usable(next)) {
      key.append(joint.squeezed(next.letters, KEY_CHARS));
      next = file.at(next.number + 1);
    }
    return cut(key);
  }

  private String key(WrittenLine line) {
    StringBuilder key = new StringBuilder(joint.squeezed(line.letters, KEY_CHARS));
    WrittenLine next = line.draft.at(line.position() + 1);
    while (key.length() > 0 && key.length() < KEY_CHARS && next != null && usable(next)) {
      key.append(joint.squeezed(next.letters, KEY_CHARS));
      next = line.draft.at(next.position() + 1);
    }
    return cut(key);
  }

  private static String cut(StringBuilder key) {
    return key.length() < KEY_CHARS ? "" : key.substring(0, KEY_CHARS);
  }

  /** Takes lines on either side until both end together. */
  private @Nullable Block grow(AddedLine firstAdded, WrittenLine firstWritten) {
    List<AddedLine> added = new ArrayList<>(List.of(firstAdded));
    List<WrittenLine> written = new ArrayList<>(List.of(firstWritten));
    List<Integer> origins = new ArrayList<>(List.of(0));
    String a = joint.squeezed(firstAdded.letters);
    String w = joint.squeezed(firstWritten.letters);
    int chars = 0;
    int atA = 0;
    int atW = 0;
    while (true) {
      int both = Math.min(a.length() - atA, w.length() - atW);
      if (!a.regionMatches(atA, w, atW, both)) {
        return null;
      }
      atA += both;
      atW += both;
      chars += both;
      if (atA == a.length() && atW == w.length()) {
        return accepted(new Block(added, written, origins, chars));
      }
      if (limits.past(Limit.REFLOWED_LINES, added.size() + written.size() + 1L)) {
        return null;
      }
      if (atA == a.length()) {
        AddedLine next = file.at(added.get(added.size() - 1).number + 1);
        if (next == null || !usable(next)) {
          return null;
        }
        added.add(next);
        origins.add(written.size() - 1);
        a = joint.squeezed(next.letters);
        atA = 0;
      } else {
        WrittenLine next = firstWritten.draft.at(written.get(written.size() - 1).position() + 1);
        if (next == null || !usable(next)) {
          return null;
        }
        written.add(next);
        w = joint.squeezed(next.letters);
        atW = 0;
      }
    }
  }

  private @Nullable Block accepted(Block block) {
    boolean many = block.added.size() > 1 && block.written.size() > 1;
    if (many && !joint.manyToMany()) {
      return null;
    }
    if (joint.needsNeighbour() && !block.distinctive(file, thresholds)) {
      return null;
    }
    if (block.added.size() == 1 && block.written.size() == 1) {
      String a = block.added.get(0).letters;
      String w = block.written.get(0).letters;
      if (a.equals(w) || !a.replace(" ", "").equals(w.replace(" ", ""))) {
        return null; // not a matter of format: rules S1 and S3 judge it
      }
    }
    boolean mergedBefore =
        block.written.stream()
            .allMatch(line -> !line.effective || file.commonness().timesInFile(line.text) > 0);
    if (mergedBefore) {
      return null; // people reformat what stands there
    }
    // Not free: the edit made one form out of the other, and the change has the other.
    if (!block.free() || onlyReformatted(block)) {
      return null;
    }
    return difference(block) * 100 <= thresholds.similarPercent() ? block : null;
  }

  /** Whether the change removes the same text in another form, and not by this edit. */
  private boolean onlyReformatted(Block block) {
    RemovedText gone = removed;
    if (gone == null) {
      gone = new RemovedText(file.removedRows().stream().map(this::squeezed).toList(), KEY_CHARS);
      removed = gone;
    }
    String text = squeezed(block.added.stream().map(line -> line.letters).toList());
    return gone.contains(text)
        && block.written.stream().noneMatch(line -> replaced(line).contains(text));
  }

  private RemovedText replaced(WrittenLine line) {
    return replaced.computeIfAbsent(
        line.edit.toolUseId(),
        id -> new RemovedText(List.of(squeezed(line.replacedLetters())), KEY_CHARS));
  }

  private String squeezed(List<String> lines) {
    return lines.stream().map(joint::squeezed).collect(Collectors.joining());
  }

  /** Whether an attributed line of the same draft stands beside it, on the same side in both. */
  private boolean hasNeighbour(Block block) {
    WrittenLine firstWritten = block.written.get(0);
    WrittenLine lastWritten = block.written.get(block.written.size() - 1);
    int firstAdded = block.added.get(0).number;
    int lastAdded = block.added.get(block.added.size() - 1).number;
    for (int step = 1; step <= thresholds.besideLines(); step++) {
      WrittenLine before = firstWritten.draft.at(firstWritten.position() - step);
      WrittenLine after = lastWritten.draft.at(lastWritten.position() + step);
      if (near(before, firstAdded, -1) || near(after, lastAdded, 1)) {
        return true;
      }
    }
    return false;
  }

  /** Formatters do not move lines. */
  private static boolean inPlace(Block block) {
    WrittenLine first = block.written.get(0);
    return first.draft.places(first.hunk).stream()
        .anyMatch(place -> place.touches(block.added.get(0).place, Landing.SLACK));
  }

  /** Whether enough of a draft stands in this file to say that it came here, if not where. */
  private boolean known(Draft draft) {
    return draft.lines().stream()
            .filter(
                line -> {
                  AddedLine by = line.vouchesFor();
                  return by != null && by.file == file && file.distinctive(line.text);
                })
            .limit(thresholds.movedRun())
            .count()
        == thresholds.movedRun();
  }

  /** Whether another line of the same hunk stands in this file. */
  private boolean hasAttributed(List<WrittenLine> written) {
    WrittenLine first = written.get(0);
    return first.draft.everWritten.stream()
        .anyMatch(
            line -> {
              AddedLine by = line.hunk == first.hunk ? line.vouchesFor() : null;
              return by != null && by.file == file;
            });
  }

  private boolean near(@Nullable WrittenLine line, int number, int direction) {
    AddedLine by = line == null ? null : line.vouchesFor();
    int away = by == null || by.file != file ? 0 : (by.number - number) * direction;
    return away > 0 && away <= thresholds.besideLines();
  }

  private void attribute(Block block) {
    double difference = difference(block);
    for (int i = block.added.size() - 1; i >= 0; i--) {
      AddedLine line = block.added.get(i);
      if (isNew(line, block.written)) {
        line.attribute(Strategy.REFLOWED, block.written.get(block.origins.get(i)), difference);
      }
    }
    AddedLine last = block.added.get(block.added.size() - 1);
    for (WrittenLine line : block.written) {
      if (line.vouchesFor() == null) {
        line.vouchFor(last);
      }
    }
  }

  /** Of the two texts without white space: what else the formatter changed. */
  private double difference(Block block) {
    String a = joint.joined(block.added.stream().map(line -> line.letters).toList());
    String w = joint.joined(block.written.stream().map(line -> line.letters).toList());
    int longer = Math.max(a.codePointCount(0, a.length()), w.codePointCount(0, w.length()));
    return (double) new LineDistance(a).to(w) / longer;
  }

  /** Whether a line still waits for its writer, and is none that one of the edits replaced. */
  private static boolean isNew(AddedLine line, List<WrittenLine> written) {
    return line.free() && written.stream().noneMatch(each -> each.replaces(line.text));
  }

  /** A part of the block may have its writer already: another edit wrote it too. */
  private static boolean usable(AddedLine line) {
    return line.gate == null || (line.gate == Reason.TRIVIAL && !line.text.isEmpty());
  }

  private static boolean usable(WrittenLine line) {
    return line.free() || (!line.effective && !line.text.isEmpty());
  }
}
