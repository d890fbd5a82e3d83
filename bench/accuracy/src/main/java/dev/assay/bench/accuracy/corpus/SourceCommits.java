package dev.assay.bench.accuracy.corpus;

import dev.assay.bench.accuracy.git.Git;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The commits of a history that look like pull requests. */
final class SourceCommits {
  private static final Pattern TEXT =
      Pattern.compile(
          "\\.(java|kt|scala|py|js|mjs|jsx|ts|tsx|go|rs|c|cc|cpp|h|hpp|rb|php|cs|swift|sh|sql|css|scss"
              + "|html|xml|ya?ml|toml|md|gradle)$");
  private static final int LOG_LIMIT = 6000;
  private static final int FILES_MAX = 20;
  private static final int ADDED_MIN = 12;
  private static final int ADDED_MAX = 800;

  private final Git source;

  SourceCommits(Git source) {
    this.source = source;
  }

  /** A commit and the paths of text that it adds lines to. */
  record Candidate(String commit, List<String> paths) {}

  /** Up to {@code want} of them, drawn at random, in the order of the history. */
  List<Candidate> pick(int want, Random random) {
    List<String> log =
        Arrays.asList(
            source
                .run("log", "--no-merges", "--format=%H", "-n", "" + LOG_LIMIT)
                .strip()
                .split("\n", -1));
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < log.size(); i++) {
      order.add(i);
    }
    Collections.shuffle(order, random);
    List<Integer> taken = new ArrayList<>();
    List<@Nullable Candidate> found = new ArrayList<>(Collections.nCopies(log.size(), null));
    for (int index : order) {
      @Nullable Candidate one = taken.size() < want ? candidate(log.get(index)) : null;
      if (one != null) {
        taken.add(index);
        found.set(index, one);
      }
    }
    List<Candidate> out = new ArrayList<>();
    for (int i = log.size() - 1; i >= 0; i--) {
      Candidate one = found.get(i);
      if (one != null) {
        out.add(one);
      }
    }
    return out;
  }

  /**
   * The files of a candidate, before and after, those left out that are not plain UTF-8 with LF.
   */
  List<SourceFile> files(Candidate candidate) {
    List<SourceFile> out = new ArrayList<>();
    for (String path : candidate.paths()) {
      byte @Nullable [] before = source.blob(candidate.commit() + "^", path);
      byte @Nullable [] after = source.blob(candidate.commit(), path);
      @Nullable String old = before == null ? null : text(before);
      @Nullable String now = after == null ? null : text(after);
      if (now != null && !now.isBlank() && (before == null || old != null)) {
        out.add(new SourceFile(path, old, now));
      }
    }
    return out;
  }

  private @Nullable Candidate candidate(String commit) {
    List<String> paths = new ArrayList<>();
    int added = 0;
    String stat = source.run("diff-tree", "--root", "-r", "--no-renames", "--numstat", commit);
    for (String row : stat.lines().toList()) {
      String[] cells = row.split("\t", -1);
      if (cells.length == 3 && cells[0].matches("[1-9]\\d*") && TEXT.matcher(cells[2]).find()) {
        paths.add(cells[2]);
        added += Integer.parseInt(cells[0]);
      }
    }
    boolean fits =
        !paths.isEmpty() && paths.size() <= FILES_MAX && added >= ADDED_MIN && added <= ADDED_MAX;
    return fits ? new Candidate(commit, paths) : null;
  }

  private static @Nullable String text(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.indexOf('\r') >= 0 || text.indexOf('\0') >= 0
          ? null
          : text.endsWith("\n") ? text : text + "\n";
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
