package dev.assay.receiver.follow;

import dev.assay.receiver.attribution.Rules;
import dev.assay.receiver.follow.FollowProgress.Followed;
import dev.assay.receiver.forge.GitException;
import dev.assay.receiver.forge.GitRepository;
import dev.assay.store.Store;
import dev.assay.store.StoreUnavailableException;
import dev.assay.store.fact.Attribution.State;
import dev.assay.store.fact.Change;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The follower's work, a round at a time. One thread makes rounds. */
final class Rounds implements AutoCloseable {
  /** After this a round ends, so that new merges are seen while a long history is attributed. */
  private static final Duration SLICE = Duration.ofSeconds(2);

  /** Progress is added up over all changes, so not for each of them. */
  private static final Duration TELL_EVERY = Duration.ofMillis(200);

  /** Repositories that keep the count of their lines in memory; the others count anew. */
  static final int LIMIT_WARM = 3;

  private final Store store;
  private final Supplier<? extends List<Path>> directories;
  private final ChangeAttribution attribution;
  private final FollowOptions options;
  private final Clock clock;

  /** By the folder with the objects, in order of the folders as they are told. */
  private final Map<Path, FollowedRepository> followed = new LinkedHashMap<>();

  private final Map<Path, Path> located = new HashMap<>();
  private final Map<Path, String> unreadable = new LinkedHashMap<>();
  private final Map<Path, Instant> askedAt = new HashMap<>();
  private final Map<String, String> claimed = new HashMap<>();
  private final List<GitRepository> readable = new CopyOnWriteArrayList<>();
  private final List<GitRepository> warm = new ArrayList<>();

  private Instant editsAskedAt = Instant.EPOCH;
  private long editsVersion = -1;
  private long toldAtNanos = System.nanoTime();
  private volatile FollowProgress progress = FollowProgress.NONE;
  private volatile boolean stopping;

  Rounds(
      Store store,
      Supplier<? extends List<Path>> directories,
      Rules rules,
      FollowOptions options,
      Clock clock) {
    this.store = store;
    this.directories = directories;
    this.attribution = new ChangeAttribution(store.edits(), rules, options, clock);
    this.options = options;
    this.clock = clock;
  }

  FollowProgress progress() {
    return progress;
  }

  /** Ends the round that runs after the change that is judged just now. */
  void stop() {
    stopping = true;
  }

  /**
   * Looks for what is new, and judges what is due for a while.
   *
   * @return whether something is due still
   */
  boolean round() throws StoreUnavailableException {
    Instant now = clock.instant();
    open(now);
    for (FollowedRepository repository : followed.values()) {
      repository.look(claimed, now);
      repository.passTime(now);
    }
    recheckEdits(now);
    if (store.health().indexRebuilding()) {
      tell(null, "the line index is being rebuilt");
      return false;
    }
    boolean more = judge(now);
    if (!more && !stopping) {
      more = survive(now); // verdicts first: they are waited for
    }
    tell(null, null);
    return more;
  }

  private boolean survive(Instant now) throws StoreUnavailableException {
    long end = System.nanoTime() + SLICE.toNanos();
    for (FollowedRepository repository : followed.values()) {
      if (repository.survive(now, () -> stopping || System.nanoTime() > end)) {
        return !stopping;
      }
    }
    return false;
  }

  private void open(Instant now) {
    Set<Path> wanted = new TreeSet<>(directories.get());
    Set<Path> objects = new LinkedHashSet<>();
    unreadable.keySet().retainAll(wanted);
    for (Path directory : wanted) {
      Path known = located.get(directory);
      if (known == null) {
        known = locate(directory, now);
      }
      if (known != null) {
        objects.add(known);
      }
    }
    for (Path gone : new ArrayList<>(followed.keySet())) {
      FollowedRepository repository = followed.get(gone);
      if (!objects.contains(gone) && repository != null) {
        followed.remove(gone);
        located.values().removeIf(gone::equals);
        readable.remove(repository.git());
        warm.remove(repository.git());
        repository.git().rest();
      }
    }
  }

  private @Nullable Path locate(Path directory, Instant now) {
    Instant last = askedAt.get(directory);
    if (last != null && !Elapsed.since(last, options.retryUndecided(), now)) {
      return null;
    }
    try {
      GitRepository git = GitRepository.open(directory);
      Path objects = git.gitDirectory();
      located.put(directory, objects);
      unreadable.remove(directory);
      askedAt.remove(directory);
      if (!followed.containsKey(objects)) {
        followed.put(objects, new FollowedRepository(git, store, attribution, options));
        readable.add(git);
      }
      return objects;
    } catch (GitException e) {
      unreadable.put(directory, String.valueOf(e.getMessage()));
      askedAt.put(directory, now);
      return null;
    }
  }

  /** One question for all repositories; only where its answer is new, each is asked. */
  private void recheckEdits(Instant now) {
    if (!Elapsed.since(editsAskedAt, options.recheckEdits(), now)) {
      return;
    }
    editsAskedAt = now;
    Set<String> names = new LinkedHashSet<>();
    followed.values().forEach(repository -> names.addAll(repository.names()));
    long version = store.edits().version(names, ChangeAttribution.FIRST, ChangeAttribution.LAST);
    if (version != editsVersion) {
      followed.values().forEach(FollowedRepository::recheckEdits);
      editsVersion = version;
    }
  }

  private boolean judge(Instant now) throws StoreUnavailableException {
    long end = System.nanoTime() + SLICE.toNanos();
    for (FollowedRepository repository : followed.values()) {
      List<Change> due = repository.due(now);
      for (Change change : due) {
        if (stopping) {
          return false;
        }
        tellNowAndThen(change.key());
        repository.judge(change);
        if (System.nanoTime() > end) {
          return true;
        }
      }
      if (!due.isEmpty()) {
        keepWarm(repository.git());
      }
    }
    return false;
  }

  private void keepWarm(GitRepository git) {
    git.close();
    warm.remove(git);
    warm.add(git);
    if (warm.size() > LIMIT_WARM) {
      warm.remove(0).rest();
    }
  }

  private void tellNowAndThen(String current) {
    long now = System.nanoTime();
    if (now - toldAtNanos > TELL_EVERY.toNanos()) {
      toldAtNanos = now;
      tell(current, null);
    }
  }

  private void tell(@Nullable String current, @Nullable String waiting) {
    long total = 0;
    long queued = 0;
    long undecided = 0;
    Instant oldest = null;
    List<Followed> told = new ArrayList<>();
    for (FollowedRepository repository : followed.values()) {
      total += repository.standings().size();
      queued += repository.queued();
      undecided +=
          repository.standings().stream().filter(s -> s.state() == State.UNDECIDED).count();
      Instant own = repository.oldestUnjudged();
      oldest = own != null && (oldest == null || own.isBefore(oldest)) ? own : oldest;
      told.add(repository.told());
    }
    unreadable.forEach(
        (directory, why) ->
            told.add(new Followed(directory.toString(), null, null, 0, 0, false, why)));
    progress =
        new FollowProgress(
            total - queued, total, oldest, undecided, queued > 0, current, waiting, told);
  }

  /** A repository that has the change; null where none does. */
  @Nullable GitRepository holder(Change change) throws GitException {
    for (GitRepository git : readable) {
      if (git.has(change)) {
        return git;
      }
    }
    return null;
  }

  @Override
  public void close() {
    readable.forEach(GitRepository::rest);
  }
}
