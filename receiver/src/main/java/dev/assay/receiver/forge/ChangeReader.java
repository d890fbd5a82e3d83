package dev.assay.receiver.forge;

import dev.assay.proto.telemetry.RepositoryName;
import dev.assay.receiver.attribution.ChangeDiff;
import dev.assay.receiver.attribution.ChangeDiff.DiffLine;
import dev.assay.receiver.attribution.ChangeDiff.FileDiff;
import dev.assay.receiver.forge.Patch.Line;
import dev.assay.receiver.forge.PullList.Pull;
import dev.assay.store.fact.Change;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads single changes: what they are compared with, and their diffs. */
final class ChangeReader implements AutoCloseable {
  /** In so many first lines of a file markers of generated code are looked for. */
  static final int FIRST_LINES = 10;

  /** What git is asked for whatever its own defaults are. */
  private static final String[] DIFF_OPTIONS = {
    "-r",
    "-M",
    "--raw",
    "-p",
    "--no-abbrev",
    "--full-index",
    "--no-color",
    "--no-ext-diff",
    "--no-textconv",
    "--no-relative",
    "--submodule=short",
    "--ignore-submodules=none",
    "--diff-algorithm=myers",
    "--unified=3",
    "--inter-hunk-context=0",
    "--src-prefix=a/",
    "--dst-prefix=b/",
  };

  private final Git git;
  private final CatFile objects;
  private final TreeDiffs diffs;

  ChangeReader(Git git, CatFile objects) {
    this.git = git;
    this.objects = objects;
    this.diffs = new TreeDiffs(git, objects, DIFF_OPTIONS);
  }

  /** The commit, or for a first commit the empty tree, that the change is compared with. */
  String base(Change change) throws GitException {
    Commit merge = commit(change.mergeCommit());
    if (merge == null) {
      throw new GitException(missing("merge commit", change.mergeCommit()));
    }
    String base = change.base();
    if (base == null) {
      base = merge.parents().isEmpty() ? emptyTree() : merge.parents().get(0);
    }
    if (!merge.parents().isEmpty() && commit(base) == null) {
      throw new GitException(missing("base commit", base));
    }
    return base;
  }

  ChangeDiff diff(Change change) throws GitException {
    return diff(patches(base(change), change));
  }

  /** A change's diff from what {@link #patches} gave. */
  ChangeDiff diff(List<Patch> patches) throws GitException {
    List<List<String>> firstLines = firstLines(patches);
    List<FileDiff> files = new ArrayList<>(patches.size());
    for (int i = 0; i < patches.size(); i++) {
      Patch patch = patches.get(i);
      files.add(
          new FileDiff(
              patch.path(),
              patch.oldPath(),
              patch.binary(),
              firstLines.get(i),
              patch.added().stream()
                  .map(line -> new DiffLine(line.newNumber(), line.text()))
                  .toList(),
              patch.removed().stream()
                  .map(line -> new DiffLine(line.oldNumber(), line.text()))
                  .toList()));
    }
    return new ChangeDiff(files);
  }

  boolean has(Change change) throws GitException {
    return has(change.mergeCommit());
  }

  boolean has(String commit) throws GitException {
    return commit(commit) != null;
  }

  /** The commit that a commit is compared with: the given one, else its first parent, if any. */
  @Nullable String baseOf(String id, @Nullable String base) throws GitException {
    Commit commit = commit(id);
    if (commit == null) {
      throw new GitException(missing("commit", id));
    }
    return base != null ? base : commit.parents().isEmpty() ? null : commit.parents().get(0);
  }

  /** A file as the change left it; null where there is none, or it is no text. */
  @Nullable List<String> fileAfter(Change change, String path) throws GitException {
    byte[] content = objects.content(change.mergeCommit() + ":" + path);
    return content == null || BlobLines.binary(content) ? null : lines(content, Integer.MAX_VALUE);
  }

  /**
   * What a list's entry means here.
   *
   * @param unclear why its diff cannot be told; null where it can
   */
  record Listed(Change change, @Nullable String unclear) {}

  /**
   * The change that a list's entry means here. One of a repository that is not known here is
   * unclear; null where it also lacks its time.
   */
  @Nullable Listed listed(Pull pull, MergedRange range, List<String> names, List<String> known)
      throws GitException {
    Commit merge = commit(pull.mergeCommit());
    String name = name(pull.repo(), names, known, merge != null);
    if (name == null) {
      return ofAnother(pull, names, known);
    }
    Instant mergedAt =
        pull.mergedAt() != null ? pull.mergedAt() : merge == null ? null : merge.time();
    if (mergedAt == null) {
      throw new GitException(
          "pull request "
              + pull.number()
              + " has no merged_at, and its "
              + missing("merge commit", pull.mergeCommit()));
    }
    String title =
        pull.title() != null
            ? pull.title()
            : merge == null ? "" : MergeMessage.of(merge.message()).title();
    MergedRange.Found found =
        merge == null ? new MergedRange.Found(null, null) : range.base(pull, merge);
    Change change =
        new Change(
            name,
            pull.number(),
            title,
            pull.author(),
            pull.authorEmail() != null || merge == null ? pull.authorEmail() : merge.authorEmail(),
            mergedAt,
            merge == null ? pull.mergeCommit() : merge.id(),
            found.base(),
            pull.head(),
            pull.url());
    return new Listed(change, found.unclear());
  }

  private @Nullable Listed ofAnother(Pull pull, List<String> names, List<String> known) {
    String repo = pull.repo();
    Instant mergedAt = pull.mergedAt();
    if (repo == null || mergedAt == null) {
      return null;
    }
    String host = names.get(0).substring(0, names.get(0).indexOf('/') + 1);
    String name =
        known.stream()
            .filter(some -> RepositoryName.matches(some, repo))
            .findFirst()
            .orElse(repo.chars().filter(c -> c == '/').count() > 1 ? repo : host + repo);
    Change change =
        new Change(
            name,
            pull.number(),
            pull.title() == null ? "" : pull.title(),
            pull.author(),
            pull.authorEmail(),
            mergedAt,
            pull.mergeCommit(),
            null,
            pull.head(),
            pull.url());
    return new Listed(
        change,
        "repository "
            + name
            + " is not known here: "
            + git.gitDirectory()
            + " is "
            + String.join(", ", names.stream().filter(n -> !n.startsWith("local/")).toList()));
  }

  private static @Nullable String name(
      @Nullable String repo, List<String> names, List<String> known, boolean here) {
    if (repo == null) {
      return names.get(0);
    }
    for (List<String> some : here ? List.of(names, known) : List.of(names)) {
      for (String name : some) {
        if (RepositoryName.matches(name, repo)) {
          return name;
        }
      }
    }
    return here ? names.get(0) : null;
  }

  /** What git says of the change's files, as they are compared with {@link #base}. */
  List<Patch> patches(String base, Change change) throws GitException {
    return diffs.between(base, change.mergeCommit(), PatchReader::read);
  }

  /** Only files with added lines are asked for, and only where the diff does not show the lines. */
  private List<List<String>> firstLines(List<Patch> patches) throws GitException {
    List<List<String>> out = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (Patch patch : patches) {
      List<String> shown = shown(patch);
      if (shown == null) {
        places.add(out.size());
        ids.add(patch.newId());
      }
      out.add(shown == null ? List.of() : shown);
    }
    objects.contents(
        ids,
        (index, content) -> {
          if (content == null) {
            throw new GitException(missing("file content", ids.get(index)));
          }
          out.set(places.get(index), lines(content, FIRST_LINES));
        });
    return out;
  }

  /** The first lines as far as the diff shows them; null where they must be looked up. */
  private static @Nullable List<String> shown(Patch patch) {
    boolean adds = patch.hunks().stream().anyMatch(h -> h.lines().stream().anyMatch(Line::added));
    if (!adds || patch.binary()) {
      return List.of();
    }
    List<String> out = new ArrayList<>();
    for (Line line : patch.hunks().get(0).lines()) {
      if (line.newNumber() == out.size() + 1 && out.size() < FIRST_LINES) {
        out.add(line.text());
      }
    }
    return patch.created() || out.size() == FIRST_LINES ? out : null;
  }

  /** Up to so many first lines of a text. */
  private static List<String> lines(byte[] content, int limit) {
    List<String> out = new ArrayList<>();
    int from = 0;
    while (from < content.length && out.size() < limit) {
      int to = from;
      while (to < content.length && content[to] != '\n') {
        to++;
      }
      int end = to > from && content[to - 1] == '\r' ? to - 1 : to;
      int kept = Math.min(end - from, PatchReader.LIMIT_LINE_BYTES);
      out.add(new String(content, from, kept, StandardCharsets.UTF_8));
      from = to + 1;
    }
    return out;
  }

  /**
   * A commit with its true parents, also where a shallow clone lacks them; null where it is not
   * there.
   */
  private @Nullable Commit commit(String id) throws GitException {
    byte[] content = objects.content(id + "^{commit}");
    if (content == null) {
      return null;
    }
    boolean whole = id.length() == 40 || id.length() == 64;
    return RawCommit.parse(
        whole ? id : git.text("rev-parse", "--verify", id + "^{commit}"), content);
  }

  private String emptyTree() throws GitException {
    return git.text("hash-object", "-t", "tree", "--stdin");
  }

  private String missing(String what, String id) {
    String cause =
        Files.exists(git.gitDirectory().resolve("shallow"))
            ? ", a shallow clone; git fetch --unshallow brings it"
            : "";
    return what + " " + id + " is not in " + git.gitDirectory() + cause;
  }

  /** Ends the process that it runs. It may be used again. */
  @Override
  public void close() {
    diffs.close();
  }
}
