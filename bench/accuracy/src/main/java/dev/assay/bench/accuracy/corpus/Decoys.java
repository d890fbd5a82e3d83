package dev.assay.bench.accuracy.corpus;

import dev.assay.bench.accuracy.corpus.Workplace.Session;
import dev.assay.bench.accuracy.text.LineText;
import dev.assay.bench.accuracy.transcript.EditTools.Refusal;
import dev.assay.bench.accuracy.transcript.EditTools.Replacement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The places where a person's text also stands without being Claude's. */
final class Decoys {
  private static final String STUB = "# placeholder that stands here";
  private static final String DONE = "PART_IS_COMPLETE = 1";

  private final Workplace at;

  Decoys(Workplace at) {
    this.at = at;
  }

  /** Plants the text of a person's part. */
  void plant(PersonKind kind, String path, List<String> lines) {
    Path file = at.checkout.resolve(path);
    String body = String.join("\n", lines);
    Session session = at.session();
    switch (kind) {
      case PLAIN -> {}
      case REJECTED -> refused(session, file, body, Refusal.REJECTED);
      case FAILED -> refused(session, file, body, Refusal.FAILED);
      case INTERRUPTED -> refused(session, file, body, Refusal.INTERRUPTED);
      case TOO_EARLY -> insert(at.tooEarly(), file, path, lines);
      case TOO_LATE -> insert(at.tooLate(), file, path, lines);
      case OTHER_REPO -> {
        Session other = at.elsewhere();
        edit(
            other,
            at.other(path),
            STUB + "\n",
            STUB + "\n" + body + "\n",
            STUB,
            STUB + "\n" + body);
      }
      case READ -> session.tools().read(file, body + "\n");
      case SHELL -> session.tools().shell("cat " + file, body + "\n");
      case CONTEXT -> {
        edit(session, file, body + "\n", body + "\n" + DONE + "\n", body, body + "\n" + DONE);
        at.archive.added(path, session.now(), DONE);
      }
      case REMOVED_AGAIN -> {
        insert(session, file, path, lines);
        edit(session, file, STUB + "\n" + body + "\n", STUB + "\n", STUB + "\n" + body, STUB);
        lines.forEach(line -> at.archive.removed(path, session.now(), line));
      }
      case COMMON -> commonAmongOthers(session, file, path, lines);
    }
  }

  private static void refused(Session session, Path file, String body, Refusal how) {
    session.tools().refused(file, new Replacement(STUB, body), how);
  }

  private void insert(Session session, Path file, String path, List<String> lines) {
    String body = String.join("\n", lines);
    edit(session, file, STUB + "\n", STUB + "\n" + body + "\n", STUB, STUB + "\n" + body);
    lines.forEach(line -> at.archive.added(path, session.now(), line));
  }

  /** The short lines of the part, in an edit whose other lines were all thrown away. */
  private void commonAmongOthers(Session session, Path file, String path, List<String> lines) {
    List<String> mixed = new ArrayList<>();
    for (String line : lines) {
      mixed.add(Tweaks.rewritten("some other draft of this place", at.random));
      if (LineText.normalise(line).length() < Draft.SHORT) {
        mixed.add(line);
      }
    }
    String body = String.join("\n", mixed);
    edit(session, file, STUB + "\n", STUB + "\n" + body + "\n", STUB, STUB + "\n" + body);
    mixed.forEach(line -> at.archive.addedInVain(path, session.now(), line));
  }

  private static void edit(
      Session session, Path file, String before, String after, String old, String now) {
    session.tools().edit(file, before, after, new Replacement(old, now), false, null);
  }
}
