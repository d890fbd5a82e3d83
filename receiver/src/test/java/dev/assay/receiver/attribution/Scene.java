package dev.assay.receiver.attribution;

import dev.assay.proto.line.LineHash;
import dev.assay.proto.line.NormalisedLine;
import dev.assay.proto.signature.Keyring;
import dev.assay.proto.v1.EditLines;
import dev.assay.proto.v1.Hunk;
import dev.assay.proto.v1.Line;
import dev.assay.store.fact.EditFact;
import dev.assay.store.fact.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A small world for one attribution: a base tree, edits, a change. Lines of edits and changes begin
 * with a sign: {@code +} added, {@code -} removed, a space unchanged, {@code @n} the next line's
 * number.
 */
final class Scene {
  static final Instant MERGED = Instant.parse("2026-03-31T12:00:00Z");
  static final String FILE = "src/Shop.java";

  private final Map<String, List<String>> base = new LinkedHashMap<>();
  private final List<EditFact> edits = new ArrayList<>();
  private final List<ChangeDiff.FileDiff> files = new ArrayList<>();
  private Rules rules = Rules.standard();
  private Limits limits = Limits.standard();
  private @Nullable String oldPath;
  private String tool = "Edit";
  private String session = "session-1";
  private Duration before = Duration.ofDays(3);

  Scene rules(Rules other) {
    rules = other;
    return this;
  }

  Scene limits(Limits others) {
    limits = others;
    return this;
  }

  Scene base(String path, String... lines) {
    base.put(path, List.of(lines));
    return this;
  }

  /** The next edits' session. */
  Scene session(String id) {
    session = id;
    return this;
  }

  /** How long before the merge the next edits happened. */
  Scene before(Duration time) {
    before = time;
    return this;
  }

  Scene tool(String name) {
    tool = name;
    return this;
  }

  /** An edit; each is a minute later than the one before it. */
  Scene edit(String path, String... lines) {
    String id = "toolu_" + (edits.size() + 1);
    Instant time = MERGED.minus(before);
    if (before.toMinutes() % 1440 == 0 && Math.abs(before.toDays()) < 20) {
      time = time.plus(Duration.ofMinutes(edits.size()));
    }
    edits.add(fact(id, session, time, tool, path, editLines(lines)));
    return this;
  }

  /** An edit whose lines are not known. */
  Scene editWithoutLines(String path) {
    edits.add(fact("toolu_0", session, MERGED.minus(before), tool, path, null));
    return this;
  }

  Scene renamedFrom(String path) {
    oldPath = path;
    return this;
  }

  Scene change(String path, String... lines) {
    List<ChangeDiff.DiffLine> added = new ArrayList<>();
    List<ChangeDiff.DiffLine> removed = new ArrayList<>();
    int number = 1;
    for (String line : lines) {
      String text = line.substring(1);
      switch (line.charAt(0)) {
        case '@' -> number = Integer.parseInt(text);
        case '-' -> {
          int above = number - added.size() + removed.size(); // in the file before the change
          removed.add(new ChangeDiff.DiffLine(above, text));
        }
        case '+' -> added.add(new ChangeDiff.DiffLine(number++, text));
        default -> number++;
      }
    }
    List<String> first = added.stream().limit(10).map(ChangeDiff.DiffLine::text).toList();
    files.add(new ChangeDiff.FileDiff(path, oldPath, false, first, added, removed));
    oldPath = null;
    return this;
  }

  Judgement judge() {
    return new Attributor(rules, Keyring.empty(), limits).judge(MERGED, diff(), tree(), edits);
  }

  ChangeDiff diff() {
    return new ChangeDiff(files);
  }

  List<EditFact> edits() {
    return edits;
  }

  /** {@code strategy} of each attributed line and {@code (reason)} of each other, in order. */
  List<String> verdicts() {
    return judge().verdicts().stream().map(Scene::word).toList();
  }

  static String word(Verdict verdict) {
    return verdict.assisted() ? String.valueOf(verdict.strategy()) : "(" + verdict.reason() + ")";
  }

  BaseTree tree() {
    return new BaseTree() {
      @Override
      public int filesWith(long line) {
        return (int) base.keySet().stream().filter(path -> timesIn(path, line) > 0).count();
      }

      @Override
      public int timesIn(String path, long line) {
        return (int)
            base.getOrDefault(path, List.of()).stream()
                .filter(text -> LineHash.of(NormalisedLine.of(text).text()) == line)
                .count();
      }

      @Override
      public boolean committed(String path) {
        return base.containsKey(path);
      }
    };
  }

  static EditFact fact(
      String id,
      String session,
      Instant time,
      String tool,
      String path,
      @Nullable EditLines lines) {
    return new EditFact(
        id,
        session,
        "alice",
        time,
        tool,
        List.of("github.com/acme/shop"),
        path,
        0,
        0,
        lines,
        false,
        false);
  }

  static EditLines editLines(String... lines) {
    EditLines.Builder all = EditLines.newBuilder();
    Hunk.Builder hunk = Hunk.newBuilder();
    int number = 1;
    for (String line : lines) {
      String text = line.substring(1);
      char sign = line.charAt(0);
      boolean between = sign == '@' || sign == ' ' || (sign == '-' && hunk.getAddedCount() > 0);
      if (between && hunk.getAddedCount() + hunk.getRemovedCount() > 0) {
        all.addHunks(hunk);
        hunk = Hunk.newBuilder();
      }
      if (sign == '@') {
        number = Integer.parseInt(text);
      } else if (sign == ' ') {
        number++;
      } else {
        if (hunk.getAddedCount() + hunk.getRemovedCount() == 0) {
          hunk.setNewStart(number);
        }
        if (sign == '+') {
          hunk.addAdded(Line.newBuilder().setText(text));
          number++;
        } else {
          hunk.addRemoved(Line.newBuilder().setText(text));
        }
      }
    }
    return all.addHunks(hunk).build();
  }
}
