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
    List<AuthoredLine> old = draft.authored().lines();
    @Nullable Replacement wanted = draft.replacement(piece.part(), piece.lines());
    draft.sketch(piece.part(), piece.lines());
    if (wanted == null) {
      session.tools().write(file, before, draft.text());
    } else {
      session.tools().edit(file, before, draft.text(), wanted, false, null);
    }
    settle(session, old, List.of(piece));
  }

  /** Several pieces in one MultiEdit. */
  void multiEdit(Session session, List<Piece> pieces) {
    String before = draft.text();
    List<AuthoredLine> old = draft.authored().lines();
    List<Replacement> wanted = new ArrayList<>();
    List<Piece> written = new ArrayList<>();
    for (Piece piece : pieces) {
      @Nullable Replacement one = draft.replacement(piece.part(), piece.lines());
      if (one != null) {
        wanted.add(one);
        written.add(piece);
        draft.sketch(piece.part(), piece.lines());
      }
    }
    if (!wanted.isEmpty()) {
      session.tools().multiEdit(file, before, draft.text(), wanted);
      settle(session, old, written);
    }
  }

  /** One Write with all pieces; of a new file where it does not exist yet. */
  void write(Session session, List<Piece> pieces, boolean create) {
    String before = draft.text();
    List<AuthoredLine> old = draft.authored().lines();
    pieces.forEach(piece -> draft.sketch(piece.part(), piece.lines()));
    session.tools().write(file, create ? null : before, draft.text());
    settle(session, old, pieces);
  }

  /**
   * An Edit whose proposal the user changed before accepting it.
   *
   * @param applied line by line what came in the place of the proposal: null keeps Claude's line
   */
  void editUserModified(Session session, Piece piece, List<@Nullable String> applied) {
    @Nullable Replacement wanted = draft.replacement(piece.part(), piece.lines());
    if (wanted == null) {
      edit(session, piece);
      return;
    }
    String before = draft.text();
    List<AuthoredLine> old = draft.authored().lines();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < piece.lines().size(); i++) {
      @Nullable String other = applied.get(i);
      texts.add(other == null ? piece.lines().get(i) : other);
    }
    Piece accepted = new Piece(piece.part(), texts, piece.kind());
    draft.sketch(accepted.part(), texts);
    String proposed = String.join("\n", piece.lines());
    String own = wanted.newString().replace(proposed, String.join("\n", texts));
    session.tools().edit(file, before, draft.text(), wanted, false, own);
    settle(session, old, List.of(accepted));
    List<AuthoredLine> now = new ArrayList<>();
    for (AuthoredLine line : accepted.part().now) {
      boolean persons = applied.contains(line.text());
      if (persons) {
        at.archive.removed(path, session.now(), line.text());
      }
      now.add(persons ? at.hands.person("user-modified-own", line.text()) : line);
    }
    piece.part().now = now;
  }

  /** Writes a piece under a working name, and then renames it everywhere by replace_all. */
  void editThenReplaceAll(Session session, Piece piece, String word, String workingName) {
    List<String> working = piece.lines().stream().map(l -> l.replace(word, workingName)).toList();
    edit(session, new Piece(piece.part(), working, piece.kind()));
    String before = draft.text();
    List<AuthoredLine> old = draft.authored().lines();
    draft.sketch(piece.part(), piece.lines());
    Replacement rename = new Replacement(workingName, word);
    session.tools().edit(file, before, draft.text(), rename, true, null);
    settle(session, old, List.of(piece));
  }

  /**
   * Says who wrote the lines of the file as it is after an edit: what the edit's own patch adds is
   * Claude's, but for lines that equal, after normalisation, one that the patch removes: those, and
   * all others, stay their author's.
   *
   * @param old the lines before the edit
   * @param pieces whose lines stand in the draft as a sketch
   */
  private void settle(Session session, List<AuthoredLine> old, List<Piece> pieces) {
    List<String> before = old.stream().map(AuthoredLine::text).toList();
    List<String> after = draft.authored().lines().stream().map(AuthoredLine::text).toList();
    List<AbstractDelta<String>> deltas = DiffUtils.diff(before, after).getDeltas();
    Map<String, AuthoredLine> gone = new HashMap<>();
    for (AbstractDelta<String> delta : deltas) {
      int from = delta.getSource().getPosition();
      for (AuthoredLine line : old.subList(from, from + delta.getSource().size())) {
        gone.putIfAbsent(LineText.normalise(line.text()), line);
        if (at.hands.hasClaudes(line)) {
          at.archive.removed(path, session.now(), line.text());
        }
      }
    }
    List<AuthoredLine> now = new ArrayList<>();
    int next = 0;
    for (AbstractDelta<String> delta : deltas) {
      int from = delta.getSource().getPosition();
      now.addAll(old.subList(next, from));
      String above = "";
      for (String line : delta.getTarget().getLines()) {
        now.add(written(session, draft.kindAt(now.size(), pieces), line, gone));
        // A person's line may be the same as two of these, joined.
        at.archive.added(path, session.now(), above + " " + line);
        above = line;
      }
      next = from + delta.getSource().size();
    }
    now.addAll(old.subList(next, old.size()));
    draft.settle(now);
  }

  private AuthoredLine written(
      Session session, String kind, String text, Map<String, AuthoredLine> gone) {
    @Nullable AuthoredLine before = gone.get(LineText.normalise(text));
    if (before != null && !before.authors().isEmpty() && !at.hands.hasClaudes(before)) {
      return AuthoredLine.by(before.authors().iterator().next(), text);
    }
    at.archive.added(path, session.now(), text);
    return at.hands.claude(kind, text);
  }
}
