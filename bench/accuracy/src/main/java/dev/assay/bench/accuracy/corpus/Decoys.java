package dev.assay.bench.accuracy.corpus;

import dev.assay.bench.accuracy.corpus.Draft.Part;
import dev.assay.bench.accuracy.corpus.Workplace.Session;
import dev.assay.bench.accuracy.text.AuthoredLine;
import dev.assay.bench.accuracy.text.LineText;
import dev.assay.bench.accuracy.transcript.EditTools.Refusal;
import dev.assay.bench.accuracy.transcript.EditTools.Replacement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The places where a person's text also stands without being Claude's. */
final class Decoys {
  private static final String DONE = "PART_IS_COMPLETE = 1";

  /** Nobody types so many of Claude's removed lines again; they came back by a rewind or by git. */
  private static final int RUN_THAT_COMES_BACK = 3;

  private final Workplace at;
  private final Draft draft;
  private final String path;
  private final Path file;

  /**
   * @param path of the file that the draft is of, relative to the checkout
   */
  Decoys(Workplace at, Draft draft, String path) {
    this.at = at;
    this.draft = draft;
    this.path = path;
    this.file = at.checkout.resolve(path);
  }

  /** Plants the text of a part before a person writes it. */
  void plant(PersonKind kind, Part part) {
    String body = String.join("\n", part.goal());
    Session session = at.session();
    switch (kind) {
      case PLAIN, CONTEXT -> {}
      case REJECTED -> refused(session, part, Refusal.REJECTED);
      case FAILED -> refused(session, part, Refusal.FAILED);
      case INTERRUPTED -> refused(session, part, Refusal.INTERRUPTED);
      case TOO_EARLY -> writtenAndDropped(at.tooEarly(), part, part.goal(), true);
      case TOO_LATE -> writtenAndDropped(at.tooLate(), part, part.goal(), true);
      case OTHER_REPO -> {
        String before = draft.text();
        at.elsewhere().tools().write(at.other(path), before, before + body + "\n");
      }
      case READ -> session.tools().read(file, body + "\n");
      case SHELL -> session.tools().shell("cat " + file, body + "\n");
      case REMOVED_AGAIN -> {
        List<AuthoredLine> old = part.now;
        String without = draft.text();
        @Nullable Replacement back = writtenAndDropped(session, part, part.goal(), true);
        if (back != null) {
          draft.sketch(part, part.goal());
          String with = draft.text();
          part.now = old;
          Replacement undo = back.reversed();
          session.tools().edit(file, with, without, undo, false, null);
          // Rule B3: a run of three effective lines that comes back is Claude's, rewound.
          if (part.goal().stream().filter(LineText::effective).count() < RUN_THAT_COMES_BACK) {
            part.goal().forEach(line -> at.archive.removed(path, session.now(), line));
          }
          // The edit puts the old lines back: whoever writes one of them elsewhere has a twin.
          old.forEach(line -> at.archive.added(path, session.now(), line.text()));
        }
      }
      case COMMON -> writtenAndDropped(session, draft.end(), amongOthers(part.goal()), false);
    }
  }

  /** Claude adds a line below what a person wrote, which then is context; the line goes again. */
  void plantAfterwards(PersonKind kind, Part part) {
    if (kind == PersonKind.CONTEXT) {
      List<String> more = new ArrayList<>(part.goal());
      more.add(DONE);
      List<AuthoredLine> persons = part.now;
      String before = draft.text();
      @Nullable Replacement wanted = draft.replacement(part, more);
      if (wanted != null) {
        Session session = at.session();
        draft.sketch(part, more);
        session.tools().edit(file, before, draft.text(), wanted, false, null);
        at.archive.added(path, session.now(), DONE);
        part.now = persons;
      }
    }
  }

  private void refused(Session session, Part part, Refusal how) {
    @Nullable Replacement wanted = draft.replacement(part, part.goal());
    String body = String.join("\n", part.goal());
    session.tools().refused(file, wanted == null ? new Replacement("none", body) : wanted, how);
  }

  /**
   * An accepted edit whose lines a person throws away, unseen by anybody; null where the place is
   * not unique, and nothing happens.
   */
  private @Nullable Replacement writtenAndDropped(
      Session session, Part part, List<String> lines, boolean proves) {
    List<AuthoredLine> old = part.now;
    String before = draft.text();
    @Nullable Replacement wanted = draft.replacement(part, lines);
    if (wanted == null) {
      return null;
    }
    draft.sketch(part, lines);
    session.tools().edit(file, before, draft.text(), wanted, false, null);
    part.now = old;
    for (String line : lines) {
      if (proves) {
        at.archive.added(path, session.now(), line);
      } else {
        at.archive.addedInVain(path, session.now(), line);
      }
    }
    return wanted;
  }

  /**
   * The short lines of a part, among others of which none is kept. They stand at the end of the
   * file: at the part's own place nobody could tell whose they are.
   */
  private List<String> amongOthers(List<String> lines) {
    List<String> mixed = new ArrayList<>();
    for (String line : lines) {
      mixed.add(Tweaks.rewritten("some other draft of this place", at.random));
      if (LineText.normalise(line).length() < Draft.SHORT) {
        mixed.add(line);
      }
    }
    return mixed;
  }
}
