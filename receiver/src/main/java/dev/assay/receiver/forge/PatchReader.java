package dev.assay.receiver.forge;

import dev.assay.receiver.forge.Patch.Hunk;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code git diff-tree -r -M --raw -p}: first one raw record for each file, then their
 * patches in the same order. Modes, names and blobs come from the raw records, so that no name in a
 * patch's header has to be understood; only the hunks come from the patches.
 */
final class PatchReader {
  /** Changed lines of one change; more are not attributed. */
  static final int LIMIT_LINES = 1_000_000;

  /** Kept of one line: more than the characters that attribution ever looks at. */
  static final int LIMIT_LINE_BYTES = 8_192;

  private final ByteLines lines;
  private @Nullable String ahead;
  private int changedLines;

  private PatchReader(InputStream in) throws IOException {
    this.lines = new ByteLines(in, '\n', LIMIT_LINE_BYTES);
    this.ahead = lines.next();
  }

  static List<Patch> read(InputStream in) throws IOException, GitException {
    return new PatchReader(in).all();
  }

  private List<Patch> all() throws IOException, GitException {
    List<Raw> raws = new ArrayList<>();
    while (ahead != null && ahead.startsWith(":")) {
      raws.add(Raw.of(ahead));
      ahead = lines.next();
    }
    while (ahead != null && ahead.isEmpty()) {
      ahead = lines.next();
    }
    List<Patch> out = new ArrayList<>(raws.size());
    for (Raw raw : raws) {
      boolean twoSections = raw.kind == 'T' && kind(raw.oldMode) != kind(raw.newMode);
      Section first = section();
      Section second = twoSections ? section() : null;
      out.add(patch(raw, first, second));
    }
    if (ahead != null) {
      throw new GitException("git's diff has more parts than files");
    }
    return out;
  }

  /** A change of type is told as a deletion and an addition; each side may or may not be text. */
  private static Patch patch(Raw raw, Section first, @Nullable Section second) {
    boolean text = raw.kind == 'D' ? Patch.isFile(raw.oldMode) : Patch.isFile(raw.newMode);
    List<Hunk> hunks = new ArrayList<>();
    if (second == null ? text : Patch.isFile(raw.oldMode)) {
      hunks.addAll(first.hunks);
    }
    if (second != null && text) {
      hunks.addAll(second.hunks);
    }
    boolean binary = !text || first.binary || (second != null && second.binary);
    return new Patch(
        raw.kind == 'A',
        Patch.isFile(raw.oldMode) ? raw.oldId : null,
        raw.newMode,
        raw.newId,
        raw.path,
        raw.oldPath,
        binary,
        hunks);
  }

  private Section section() throws IOException, GitException {
    if (ahead == null || !ahead.startsWith("diff --git ")) {
      throw new GitException("git's diff has fewer parts than files");
    }
    boolean binary = false;
    List<Hunk> hunks = new ArrayList<>();
    ahead = lines.next();
    while (ahead != null && !ahead.startsWith("diff --git ")) {
      if (ahead.startsWith("@@ ")) {
        hunks.add(hunk(ahead));
      } else {
        binary |= ahead.startsWith("Binary files ");
        ahead = lines.next();
      }
    }
    return new Section(binary, hunks);
  }

  /** Inside a hunk every line has a mark of its own, so that no content can pass for a header. */
  private Hunk hunk(String header) throws IOException, GitException {
    HunkLines hunk = new HunkLines(header);
    ahead = lines.next();
    while (ahead != null && hunk.take(ahead)) {
      ahead = lines.next();
    }
    changedLines += hunk.changed();
    if (changedLines > LIMIT_LINES) {
      throw new GitException("the change has more than " + LIMIT_LINES + " changed lines");
    }
    return hunk.done();
  }

  private static int kind(String mode) {
    return Patch.isFile(mode) ? 0 : mode.startsWith("12") ? 1 : 2;
  }

  private record Section(boolean binary, List<Hunk> hunks) {}

  private record Raw(
      String oldMode,
      String newMode,
      String oldId,
      String newId,
      char kind,
      String path,
      @Nullable String oldPath) {

    /** {@code :100644 100755 <id> <id> R087<TAB>old<TAB>new}. */
    static Raw of(String line) throws GitException {
      String[] names = line.split("\t", -1);
      String[] meta = names[0].split(" ", -1);
      if (names.length < 2 || names.length > 3 || meta.length != 5 || meta[4].isEmpty()) {
        throw new GitException("git's diff has an unknown record: " + line);
      }
      return new Raw(
          meta[0].substring(1),
          meta[1],
          meta[2],
          meta[3],
          meta[4].charAt(0),
          QuotedPath.of(names[names.length - 1]),
          names.length == 3 ? QuotedPath.of(names[1]) : null);
    }
  }
}
