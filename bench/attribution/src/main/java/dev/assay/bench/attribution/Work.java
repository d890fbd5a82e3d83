package dev.assay.bench.attribution;

import dev.assay.proto.v1.EditLines;
import dev.assay.proto.v1.Hunk;
import dev.assay.proto.v1.Line;
import dev.assay.store.fact.EditObservation;
import dev.assay.store.fact.SessionClaim;
import dev.assay.store.fact.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What Claude Code and a person do for one pull request, file by file: three quarters of the blocks
 * are Claude's, of whose lines a person changes one in twenty; one new file in ten was written
 * elsewhere and moved; blocks that go into an existing file replace some of its lines.
 */
final class Work {
  private static final int LINES_OF_A_FILE = 60;
  private static final int SESSIONS = 3;

  private final Code code;
  private final String id;
  private final List<String> repositories;
  private final Instant start;
  private final List<EditObservation> edits = new ArrayList<>();
  private final TreeMap<String, List<String>> files = new TreeMap<>();
  private int added;

  /**
   * @param id unlike any other's
   * @param start of the first edit; each one comes ten seconds after the one before
   */
  Work(Code code, String id, List<String> repositories, Instant start) {
    this.code = code;
    this.id = id;
    this.repositories = repositories;
    this.start = start;
  }

  /** Adds so many lines to a tree; what is changed stands in {@link #files}. */
  void add(int lines, Map<String, List<String>> tree) {
    List<String> existing = List.copyOf(tree.keySet());
    while (added < lines) {
      int part = Math.min(lines - added, LINES_OF_A_FILE / 2 + code.below(LINES_OF_A_FILE));
      String path = existing.get(code.below(existing.size()));
      if (part < LINES_OF_A_FILE / 2 || code.chance(60)) {
        if (!files.containsKey(path)) {
          change(path, tree.getOrDefault(path, List.of()), part);
        }
      } else {
        create("src/main/java/shop/" + id + "/Made" + files.size() + ".java", part);
      }
    }
  }

  /** One file of lines that Claude wrote, as they are. */
  void write(String path, List<String> lines) {
    edit(path, 1, lines, List.of());
    put(path, lines);
    added += lines.size();
  }

  private void create(String path, int lines) {
    List<String> text = code.methods(lines).subList(0, lines);
    boolean moved = code.chance(10);
    edit(moved ? path.replace("/Made", "/draft/Draft") : path, 1, text, List.of());
    put(path, byPeople(text));
    added += lines;
  }

  private void change(String path, List<String> before, int lines) {
    List<String> after = new ArrayList<>();
    int left = lines;
    int at = 0;
    while (left > 0) {
      int kept = Math.min(before.size() - at, 10 + code.below(20));
      after.addAll(before.subList(at, at + kept));
      at += kept;
      List<String> block = code.method();
      block = block.subList(0, Math.min(left, block.size()));
      List<String> replaced = before.subList(at, Math.min(before.size(), at + code.below(4)));
      if (code.chance(75)) {
        edit(path, after.size() + 1, block, replaced);
        after.addAll(byPeople(block));
      } else {
        after.addAll(block);
      }
      at += replaced.size();
      left -= block.size();
    }
    after.addAll(before.subList(at, before.size()));
    put(path, after);
    added += lines;
  }

  private List<String> byPeople(List<String> text) {
    return text.stream().map(line -> code.chance(5) ? code.changed(line) : line).toList();
  }

  private void put(String path, List<String> text) {
    files.put(path, List.copyOf(text));
  }

  private void edit(String path, int newStart, List<String> lines, List<String> removed) {
    edits.add(
        observation(
            start.plusSeconds(10L * edits.size()),
            "toolu_" + id + "_" + edits.size(),
            "session-" + id + "-" + edits.size() % SESSIONS,
            repositories,
            path,
            newStart,
            lines,
            removed));
  }

  static EditObservation observation(
      Instant time,
      String toolUseId,
      String session,
      List<String> repositories,
      String path,
      int newStart,
      List<String> lines,
      List<String> removed) {
    Hunk.Builder hunk = Hunk.newBuilder().setNewStart(newStart);
    lines.forEach(line -> hunk.addAdded(Line.newBuilder().setText(line)));
    removed.forEach(line -> hunk.addRemoved(Line.newBuilder().setText(line)));
    return new EditObservation(
        Source.TRANSCRIPT,
        time,
        toolUseId,
        new SessionClaim(session, null),
        "Edit",
        repositories,
        "main",
        path,
        lines.size(),
        removed.size(),
        EditLines.newBuilder().addHunks(hunk).build().toByteString(),
        0,
        1,
        false,
        false,
        null);
  }

  /** The files that are new or changed, as they are merged. */
  Map<String, List<String>> files() {
    return files;
  }

  List<EditObservation> edits() {
    return edits;
  }
}
