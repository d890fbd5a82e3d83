package dev.assay.bench.accuracy.corpus;

import dev.assay.bench.accuracy.corpus.ClaudeAtWork.Piece;
import dev.assay.bench.accuracy.corpus.Draft.Part;
import dev.assay.bench.accuracy.corpus.Workplace.Session;
import dev.assay.bench.accuracy.text.AuthoredLine;
import dev.assay.bench.accuracy.text.LineText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which parts of a file Claude writes, through which tool, and what people make of its lines. */
final class ClaudeParts {
  private static final Pattern NAME = Pattern.compile("\\b[a-z][A-Za-z]{4,14}\\b");
  private static final double WRITE_OVER = 0.12;

  private final Workplace at;
  private final ClaudeAtWork claude;
  private final Draft draft;
  private final FileMode mode;
  private final Random random;
  private final Map<Part, ClaudeKind> kinds = new LinkedHashMap<>();

  ClaudeParts(Workplace at, ClaudeAtWork claude, Draft draft, FileMode mode) {
    this.at = at;
    this.claude = claude;
    this.draft = draft;
    this.mode = mode;
    this.random = at.random;
  }

  /** Writes Claude's share; gives the parts that are left to people. */
  List<Part> write(double share, boolean create) {
    List<Part> people = new ArrayList<>();
    for (Part part : draft.changes()) {
      if (random.nextDouble() < share && !part.goal().isEmpty()) {
        kinds.put(part, mode == FileMode.MOVED ? ClaudeKind.VERBATIM : ClaudeKind.pick(random));
      } else {
        people.add(part);
      }
    }
    if (kinds.isEmpty()) {
      return people;
    }
    Session session = at.session();
    if (create || random.nextDouble() < WRITE_OVER) {
      String tool = create ? "verbatim-new-file" : "write-over";
      claude.write(session, kinds.keySet().stream().map(p -> piece(p, tool)).toList(), create);
    } else if (session.transcript().client().hasMultiEdit()) {
      claude.multiEdit(session, kinds.keySet().stream().map(p -> piece(p, "multi-edit")).toList());
    } else {
      editInTurn(session);
    }
    return people;
  }

  /**
   * Edits in the order of their time, so that each finds the file as the ones before it left it.
   */
  private void editInTurn(Session session) {
    List<Part> opening = new ArrayList<>();
    List<Part> between = new ArrayList<>();
    List<Part> closing = new ArrayList<>();
    for (Part part : kinds.keySet()) {
      boolean edge = kind(part) == ClaudeKind.EDGE;
      (!edge ? between : random.nextBoolean() ? opening : closing).add(part);
    }
    opening.forEach(part -> claude.edit(at.atTheOpening(), piece(part, "edge-of-window")));
    between.forEach(part -> edit(session, part));
    closing.forEach(part -> claude.edit(at.atTheClosing(), piece(part, "edge-of-window")));
  }

  private Piece piece(Part part, String verbatim) {
    ClaudeKind kind = kind(part);
    List<String> lines = part.goal();
    if (kind == ClaudeKind.UNICODE) {
      lines = lines.stream().map(l -> Tweaks.decomposed(orSame(Tweaks.accented(l), l))).toList();
    }
    boolean plain =
        switch (kind) {
          case VERBATIM, EDGE, REPLACE_ALL, USER_MODIFIED -> true;
          default -> false;
        };
    return new Piece(part, lines, plain ? mode.kindOf(verbatim) : kind.word());
  }

  private void edit(Session session, Part part) {
    switch (kind(part)) {
      case REPLACE_ALL -> {
        Piece piece = piece(part, "replace-all");
        @Nullable String word = name(part.goal());
        if (word == null) {
          claude.edit(session, piece(part, "verbatim"));
        } else {
          claude.editThenReplaceAll(session, piece, word, word + "Wip");
        }
      }
      case USER_MODIFIED -> {
        Piece piece = piece(part, "user-modified");
        List<@Nullable String> applied = new ArrayList<>();
        for (String line : piece.lines()) {
          boolean own = random.nextInt(3) == 0 && LineText.effective(line);
          applied.add(own ? Tweaks.rewritten(line, random) : null);
        }
        claude.editUserModified(session, piece, applied);
      }
      default -> claude.edit(session, piece(part, "verbatim"));
    }
  }

  /** People change Claude's lines, each part in the way of its kind. */
  void touchedByPeople() {
    kinds.forEach(
        (part, kind) -> {
          List<AuthoredLine> now = new ArrayList<>();
          for (AuthoredLine line : part.now) {
            now.add(touched(line, kind));
          }
          part.now = now;
        });
  }

  private AuthoredLine touched(AuthoredLine line, ClaudeKind kind) {
    if (line.text().isBlank() || !at.hands.isClaudes(line)) {
      return line;
    }
    String text = line.text();
    @Nullable String now =
        switch (kind) {
          case REINDENTED -> Tweaks.reindented(text, random);
          case REQUOTED -> Tweaks.requoted(text);
          case RECASED -> Tweaks.recased(text, random);
          case SMALL -> Tweaks.oneWord(text, random);
          case INSIDE -> Tweaks.edited(text, 0.16, 0.2, random);
          case OUTSIDE -> Tweaks.edited(text, 0.21, 0.3, random);
          case UNICODE -> java.text.Normalizer.normalize(text, java.text.Normalizer.Form.NFC);
          case REWRITTEN -> Tweaks.rewritten(text, random);
          case VERBATIM, EDGE, REPLACE_ALL, USER_MODIFIED -> null;
        };
    if (now == null || now.equals(text)) {
      return kind == ClaudeKind.OUTSIDE
          ? at.hands.person("rewritten", Tweaks.rewritten(text, random))
          : at.hands.renamed(line, mode.kindOf("verbatim"));
    }
    return kind == ClaudeKind.REWRITTEN
        ? at.hands.person(kind.word(), now)
        : at.hands.tweaked(line, kind.word(), now);
  }

  private ClaudeKind kind(Part part) {
    return kinds.getOrDefault(part, ClaudeKind.VERBATIM);
  }

  private static String orSame(@Nullable String now, String line) {
    return now == null ? line : now;
  }

  /** A name that stands in these lines and can be told from every other. */
  private @Nullable String name(List<String> lines) {
    String whole = draft.text();
    for (String line : lines) {
      Matcher names = NAME.matcher(line);
      while (names.find()) {
        if (!whole.contains(names.group() + "Wip")) {
          return names.group();
        }
      }
    }
    return null;
  }
}
