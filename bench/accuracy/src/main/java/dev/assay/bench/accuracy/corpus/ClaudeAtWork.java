package dev.assay.bench.accuracy.corpus;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import dev.assay.bench.accuracy.corpus.Draft.Part;
import dev.assay.bench.accuracy.corpus.Workplace.Session;
import dev.assay.bench.accuracy.text.AuthoredLine;
import dev.assay.bench.accuracy.text.LineText;
import dev.assay.bench.accuracy.transcript.EditTools.Replacement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Claude's accepted edits of one file: what they do to it, and how they stand in the session. */
final class ClaudeAtWork {
  private final Workplace at;
  private final Draft draft;
  private final Path file;
  private final String path;

  /**
   * @param file where Claude has it on disk
   * @param path the same, relative to the checkout
   */
  ClaudeAtWork(Workplace at, Draft draft, Path file, String path) {
    this.at = at;
    this.draft = draft;
    this.file = file;
    this.path = path;
  }

  /** One part, as Claude writes it. */
  record Piece(Part part, List<String> lines, String kind) {}

  /** An Edit, or a Write of the whole file where the place is not unique. */
  void edit(Session session, Piece piece) {
    String before = draft.text();
    @Nullable Replacement wanted = draft.replacement(piece.part(), piece.lines());
    put(session, piece);
    if (wanted == null) {
      session.tools().write(file, before, draft.text());
    } else {
      session.tools().edit(file, before, draft.text(), wanted, false, null);
    }
  }

  /** Several pieces in one MultiEdit. */
  void multiEdit(Session session, List<Piece> pieces) {
    String before = draft.text();
    List<Replacement> wanted = new ArrayList<>();
    for (Piece piece : pieces) {
      @Nullable Replacement one = draft.replacement(piece.part(), piece.lines());
      if (one == null) {
        continue;
      }
      wanted.add(one);
      put(session, piece);
    }
    if (!wanted.isEmpty()) {
      session.tools().multiEdit(file, before, draft.text(), wanted);
    }
  }

  /** One Write with all pieces; of a new file where it does not exist yet. */
  void write(Session session, List<Piece> pieces, boolean create) {
    String before = draft.text();
    pieces.forEach(piece -> put(session, piece));
    session.tools().write(file, create ? null : before, draft.text());
  }

  /**
   * An Edit whose proposal the user changed before accepting it.
   *
   * @param applied line by line what came in the place of the proposal: null keeps Claude's line
   */
  void editUserModified(Session session, Piece piece, List<@Nullable String> applied) {
    String before = draft.text();
    @Nullable Replacement wanted = draft.replacement(piece.part(), piece.lines());
    if (wanted == null) {
      edit(session, piece);
      return;
    }
    put(session, piece);
    List<AuthoredLine> now = new ArrayList<>();
    for (int i = 0; i < piece.part().now.size(); i++) {
      AuthoredLine line = piece.part().now.get(i);
      @Nullable String other = i < applied.size() ? applied.get(i) : null;
      if (other != null) {
        at.archive.removed(path, session.now(), line.text());
      }
      now.add(other == null ? line : at.hands.person("user-modified-own", other));
    }
    piece.part().now = now;
    String own = wanted.newString().replace(String.join("\n", piece.lines()), text(now));
    session.tools().edit(file, before, draft.text(), wanted, false, own);
  }

  /** Writes a piece under a working name, and then renames it everywhere by replace_all. */
  void editThenReplaceAll(Session session, Piece piece, String word, String workingName) {
    List<String> working = piece.lines().stream().map(l -> l.replace(word, workingName)).toList();
    edit(session, new Piece(piece.part(), working, piece.kind()));
    String before = draft.text();
    put(session, piece);
    session
        .tools()
        .edit(file, before, draft.text(), new Replacement(workingName, word), true, null);
  }

  /** Brings a piece into the draft; lines that it only keeps or re-indents stay their author's. */
  private void put(Session session, Piece piece) {
    List<AuthoredLine> old = piece.part().now;
    List<String> oldTexts = old.stream().map(AuthoredLine::text).toList();
    List<AuthoredLine> now = new ArrayList<>();
    Map<String, AuthoredLine> gone = new HashMap<>();
    List<AbstractDelta<String>> deltas = DiffUtils.diff(oldTexts, piece.lines()).getDeltas();
    for (AbstractDelta<String> delta : deltas) {
      int from = delta.getSource().getPosition();
      for (AuthoredLine line : old.subList(from, from + delta.getSource().size())) {
        gone.putIfAbsent(LineText.normalise(line.text()), line);
        at.archive.removed(path, session.now(), line.text());
      }
    }
    int next = 0;
    for (AbstractDelta<String> delta : deltas) {
      int from = delta.getSource().getPosition();
      now.addAll(old.subList(next, from));
      for (String line : delta.getTarget().getLines()) {
        now.add(line(session, piece.kind(), line, gone));
      }
      next = from + delta.getSource().size();
    }
    now.addAll(old.subList(next, old.size()));
    piece.part().now = now;
  }

  private AuthoredLine line(
      Session session, String kind, String text, Map<String, AuthoredLine> gone) {
    @Nullable AuthoredLine before = gone.get(LineText.normalise(text));
    if (before != null && !before.authors().isEmpty()) {
      return AuthoredLine.by(before.authors().iterator().next(), text);
    }
    at.archive.added(path, session.now(), text);
    return at.hands.claude(kind, text);
  }

  private static String text(List<AuthoredLine> lines) {
    return String.join("\n", lines.stream().map(AuthoredLine::text).toList());
  }
}
