package dev.assay.receiver.forge;

import dev.assay.proto.telemetry.RepositoryName;
import dev.assay.receiver.attribution.BaseTree;
import dev.assay.receiver.attribution.ChangeDiff;
import dev.assay.store.fact.Change;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A git repository on this machine, a checkout or a bare one, read with the git command line and
 * never changed. May be used from any thread; a {@link BaseTree} from one at a time.
 */
public final class GitRepository implements AutoCloseable {
  /**
   * Commits whose graph is held to tell what a merge brought. In a longer history merges are known
   * by their last commit's author.
   */
  static final int LIMIT_COMMITS = 500_000;

  private final Path directory;
  private final Git git;
  private final CatFile objects;
  private final CatFile pages;
  private final Blobs blobs;
  private final TreeCensus census;
  private final TouchedPaths touched;
  private final ChangeReader reader;
  private final ChangeReader pageReader;
  private volatile Map<String, String> headOwners = Map.of();
  private volatile Map<String, String> unclear = Map.of();
  private volatile @Nullable String root;
  private volatile @Nullable String tip;

  private GitRepository(Path directory, Git git) {
    this.directory = directory;
    this.git = git;
    this.objects = new CatFile(git);
    this.blobs = new Blobs(objects, Blobs.LIMIT_LINES);
    this.census = new TreeCensus(git, objects, blobs, TreeCensus.LIMIT_LINES);
    this.touched = new TouchedPaths(git, objects, TouchedPaths.LIMIT_PATHS);
    this.pages = new CatFile(git); // a page does not wait until a tree is counted
    this.reader = new ChangeReader(git, objects);
    this.pageReader = new ChangeReader(git, pages);
  }

  /**
   * Opens the repository of a folder: its root, any folder below, a worktree, a bare repository.
   *
   * @throws GitException where there is none, or it cannot be read
   */
  public static GitRepository open(Path directory) throws GitException {
    if (!Files.isDirectory(directory)) {
      throw new GitException(directory + " is not a folder");
    }
    try {
      return new GitRepository(directory, new Git(Git.locate(directory)));
    } catch (GitException e) {
      throw new GitException(directory + " is not a git repository: " + e.getMessage(), e);
    }
  }

  /** As it was opened. */
  public Path directory() {
    return directory;
  }

  Git git() {
    return git;
  }

  /** The folder with the objects: one for all worktrees of a repository. */
  public Path gitDirectory() {
    return git.gitDirectory();
  }

  /**
   * What the repository is called, and what was merged in it.
   *
   * @throws GitException where there are no commits, or no name: a shallow clone without a remote
   */
  public Merged merged() throws GitException {
    Checkout checkout = checkout();
    String tip = tip(checkout);
    CommitLog log = new CommitLog(git);
    List<Commit> firstParents = log.firstParents(tip);
    List<String> names = names(checkout, firstParents);
    History history = new History(names.get(0), log.all(tip, LIMIT_COMMITS));
    List<Change> changes = history.changes(firstParents);
    headOwners = Map.copyOf(history.headOwners());
    String branch = checkout.branch() == null ? "HEAD" : checkout.branch();
    return new Merged(names, branch, tip, shallow(), changes);
  }

  /**
   * The pull requests of a list, as far as they are this repository's.
   *
   * @param known names that edits have: an entry whose {@code repo} has no host takes its name from
   *     there where this repository has no such name itself
   */
  public Merged listed(PullList list, List<String> known) throws GitException {
    Checkout checkout = checkout();
    String tip = tip(checkout);
    List<String> names = names(checkout, null);
    List<Change> changes = new ArrayList<>();
    Map<String, String> unclearOnes = new HashMap<>();
    Set<String> merged = new HashSet<>();
    list.pulls().forEach(pull -> merged.add(pull.mergeCommit()));
    MergedRange range = new MergedRange(git, commit -> isOneOf(merged, commit));
    for (PullList.Pull pull : list.pulls()) {
      ChangeReader.Listed listed = reader.listed(pull, range, names, known);
      if (listed != null) {
        changes.add(listed.change());
        if (listed.unclear() != null) {
          unclearOnes.put(listed.change().key(), listed.unclear());
        }
      }
    }
    unclear = Map.copyOf(unclearOnes);
    String branch = checkout.branch() == null ? "HEAD" : checkout.branch();
    return new Merged(names, branch, tip, shallow(), changes);
  }

  /**
   * The repositories whose edits may stand in a change: the one that it was merged to under all of
   * its names, and the forks that it may come from.
   *
   * @param names of {@link Merged}
   */
  public Set<String> candidates(Change change, List<String> names) {
    Set<String> out = new LinkedHashSet<>();
    out.add(change.repository());
    String leaf = leaf(change.repository());
    for (String name : names) {
      if (name.startsWith("local/") || leaf(name).equals(leaf)) {
        out.add(name);
      }
    }
    String owner = headOwners.get(change.mergeCommit());
    int slash = change.repository().indexOf('/');
    if (owner != null) {
      RepositoryName.of(
              "https://" + change.repository().substring(0, slash + 1) + owner + "/" + leaf)
          .ifPresent(out::add);
    }
    return out;
  }

  /** What the change does to the tree. */
  public ChangeDiff diff(Change change) throws GitException {
    checkClear(change);
    return pageReader.diff(change);
  }

  /** Whether the commit that merged the change is here. */
  public boolean has(Change change) throws GitException {
    return pageReader.has(change);
  }

  /**
   * What became of lines on the way of first parents to {@code tip}.
   *
   * @param tip of {@link Merged}
   */
  public LineSurvival survival(String tip) throws GitException {
    return new LineSurvival(git, Mainline.read(git, tip));
  }

  /** Whether this commit is here. */
  public boolean has(String commit) throws GitException {
    return pageReader.has(commit);
  }

  /**
   * Which commits of a merged branch wrote the lines of a file: for a merge commit those of the
   * branch, for a squash merge the commit itself.
   *
   * @param commit that brought the lines to the default branch
   * @param base what its diff is taken against; null: its first parent
   * @param path in {@code commit}
   * @return by line in {@code commit}; lines that are older than the branch are left out
   */
  public Map<Integer, LineOrigin> origins(String commit, @Nullable String base, String path)
      throws GitException {
    return Blame.of(git, pageReader.baseOf(commit, base), commit, path);
  }

  /**
   * The lines of a file as the change left it, without line breaks; empty where there is no such
   * file or it is no text.
   */
  public Optional<List<String>> fileAfter(Change change, String path) throws GitException {
    return Optional.ofNullable(pageReader.fileAfter(change, path));
  }

  /**
   * A change as it is judged.
   *
   * @param diff what it does to the tree
   * @param base the tree that it was made to; its methods may throw {@link GitException.Unchecked}
   */
  public record Opened(ChangeDiff diff, BaseTree base) {}

  /** Reads a change once, for its diff and for the tree that it was made to. */
  public Opened open(Change change) throws GitException {
    checkClear(change);
    String base = reader.base(change);
    List<Patch> patches = reader.patches(base, change);
    Map<String, @Nullable String> ids = new HashMap<>();
    for (Patch patch : patches) {
      ids.put(patch.oldPath() == null ? patch.path() : patch.oldPath(), patch.oldId());
    }
    String known = tip;
    BaseTree tree =
        new CommitTree(
            git,
            base,
            ids,
            change,
            known == null ? change.mergeCommit() : known,
            new CommitTree.Sources(objects, blobs, census, touched));
    return new Opened(reader.diff(patches), tree);
  }

  /**
   * Something that is different after the default branch, a remote or the configuration changed:
   * made from a few files' times, without a process. Equal stamps: there is nothing new.
   */
  public String stamp() {
    return RefStamp.of(git.gitDirectory());
  }

  /** Whether the history is cut off, so that old changes cannot be read. */
  public boolean shallow() {
    return Files.exists(git.gitDirectory().resolve("shallow"));
  }

  /** Gives back the memory and the processes that are only kept to be fast. */
  public void rest() {
    census.forget();
    blobs.forget();
    touched.forget();
    close();
  }

  /** Ends the processes that it runs. It may be used again. */
  @Override
  public void close() {
    objects.close();
    pages.close();
    reader.close();
    pageReader.close();
    census.close();
    touched.close();
  }

  private Checkout checkout() throws GitException {
    return Checkout.read(git);
  }

  private String tip(Checkout checkout) throws GitException {
    if (checkout.tip() == null) {
      throw new GitException(directory + " has no commits yet on a default branch");
    }
    tip = checkout.tip();
    return checkout.tip();
  }

  /** The names of the remotes, and the local one; the first is what changes are kept under. */
  private List<String> names(Checkout checkout, @Nullable List<Commit> firstParents)
      throws GitException {
    Set<String> names = new LinkedHashSet<>(checkout.remotes().values());
    if (!shallow()) {
      names.add(RepositoryName.local(root(checkout, firstParents)));
    }
    if (names.isEmpty()) {
      throw new GitException(
          directory
              + " is a shallow clone without a remote: its first commit, which would name it, is"
              + " not here; git fetch --unshallow brings it");
    }
    return List.copyOf(names);
  }

  private String root(Checkout checkout, @Nullable List<Commit> firstParents) throws GitException {
    String known = root;
    if (known == null) {
      List<Commit> chain =
          firstParents != null ? firstParents : new CommitLog(git).firstParents(tip(checkout));
      known = chain.get(chain.size() - 1).id();
      root = known;
    }
    return known;
  }

  /** A list's commit ids may be cut. */
  private static boolean isOneOf(Set<String> ids, Commit commit) {
    String id = commit.id();
    for (int length = PullList.LEAST_ID_CHARS; length <= id.length(); length++) {
      if (ids.contains(id.substring(0, length))) {
        return true;
      }
    }
    return false;
  }

  private void checkClear(Change change) throws GitException {
    String why = unclear.get(change.key());
    if (why != null) {
      throw new GitException(why);
    }
  }

  private static String leaf(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }
}
