package dev.assay.bench.accuracy.corpus;

import dev.assay.bench.accuracy.corpus.ClaudeAtWork.Piece;
import dev.assay.bench.accuracy.corpus.Draft.Part;
import dev.assay.bench.accuracy.corpus.Workplace.Session;
import dev.assay.bench.accuracy.format.Formatter;
import dev.assay.bench.accuracy.format.Formatters;
import dev.assay.bench.accuracy.format.Loosener;
import dev.assay.bench.accuracy.text.AuthoredLine;
import dev.assay.bench.accuracy.text.AuthoredText;
import dev.assay.bench.accuracy.text.LineText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** How one file comes to its merged form: who writes which part, and what happens to it. */
final class FileStory {
  private final Workplace at;
  private final Formatters formatters;
  private final SourceFile file;
  private final double share;
  private final Random random;

  /**
   * @param share of the parts that Claude writes
   */
  FileStory(Workplace at, Formatters formatters, SourceFile file, double share) {
    this.at = at;
    this.formatters = formatters;
    this.file = file;
    this.share = share;
    this.random = at.random;
  }

  /** Plays it. */
  StoredFile play() {
    Optional<Formatted> formatted = random.nextDouble() < 0.4 ? formatted() : Optional.empty();
    return formatted.map(this::playFormatted).orElseGet(this::playPlain);
  }

  private record Formatted(Formatter formatter, String before, String after) {}

  private Optional<Formatted> formatted() {
    Optional<Formatter> formatter = formatters.of(file.path());
    if (formatter.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> before =
        file.before() == null
            ? Optional.of("")
            : formatter.get().format(file.path(), file.before());
    Optional<String> after = formatter.get().format(file.path(), file.after());
    return before.isEmpty() || after.isEmpty() || before.equals(after)
        ? Optional.empty()
        : Optional.of(new Formatted(formatter.get(), before.get(), after.get()));
  }

  /** Claude writes loosely, the project's formatter runs over the whole file before the commit. */
  private StoredFile playFormatted(Formatted how) {
    String path = file.path();
    Draft draft =
        new Draft(AuthoredText.split(how.before()), AuthoredText.split(how.after()), random);
    ClaudeAtWork claude = new ClaudeAtWork(at, draft, at.checkout.resolve(path), path);
    List<Piece> pieces = new ArrayList<>();
    List<Part> people = new ArrayList<>();
    for (Part part : draft.changes()) {
      if (random.nextDouble() < share && !part.goal().isEmpty()) {
        pieces.add(
            new Piece(part, Loosener.loosen(path, part.goal(), random), how.formatter().name()));
      } else {
        people.add(part);
      }
    }
    Session session = at.session();
    if (file.before() == null && !pieces.isEmpty()) {
      claude.write(session, pieces, true);
    } else {
      pieces.forEach(piece -> claude.edit(session, piece));
    }
    String middle = draft.text();
    for (Part part : people) {
      writeByHand(part, PersonKind.PLAIN);
    }
    AuthoredText merged = draft.authored();
    merged = how.formatter().format(path, merged.text()).map(merged::reformatted).orElse(merged);
    return new StoredFile(
        path, path, file.before() == null ? null : how.before(), middle, merged, false, path);
  }

  private StoredFile playPlain() {
    FileMode mode = FileMode.pick(file, random);
    String path = mode.storedPath(file.path());
    String oldPath = mode.basePath(path);
    String claudePath = mode.claudePath(path);
    @Nullable String before = file.before() == null ? null : mode.marked(path, file.before());
    String after = mode.marked(path, file.after());
    Draft draft =
        new Draft(
            before == null ? List.of() : AuthoredText.split(before),
            AuthoredText.split(after),
            random);
    if (mode == FileMode.NO_NEWLINE) {
      draft.endWithoutNewline();
    }
    ClaudeAtWork claude = new ClaudeAtWork(at, draft, at.checkout.resolve(claudePath), claudePath);
    ClaudeParts parts = new ClaudeParts(at, claude, draft, mode);
    List<Part> people = parts.write(share, before == null);
    String middle = draft.text();
    parts.touchedByPeople();
    Collections.reverse(people);
    Decoys decoys = new Decoys(at, draft, claudePath);
    for (Part part : people) {
      PersonKind kind = PersonKind.pick(part.goal(), random);
      decoys.plant(kind, part);
      writeByHand(part, kind);
      decoys.plantAfterwards(kind, part);
    }
    return new StoredFile(
        path, oldPath, before, middle, draft.authored(), mode == FileMode.CRLF, claudePath);
  }

  private void writeByHand(Part part, PersonKind kind) {
    List<AuthoredLine> lines = new ArrayList<>();
    for (String line : part.goal()) {
      boolean commonDecoy =
          kind == PersonKind.COMMON && LineText.normalise(line).length() >= Draft.SHORT;
      lines.add(at.hands.person(commonDecoy ? PersonKind.PLAIN.word() : kind.word(), line));
    }
    part.now = lines;
  }
}
