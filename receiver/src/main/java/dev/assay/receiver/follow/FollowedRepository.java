package dev.assay.receiver.follow;

import dev.assay.receiver.follow.FollowProgress.Followed;
import dev.assay.receiver.forge.GitException;
import dev.assay.receiver.forge.GitRepository;
import dev.assay.receiver.forge.Merged;
import dev.assay.receiver.survival.Survivors;
import dev.assay.receiver.survival.Survivors.Judged;
import dev.assay.store.Store;
import dev.assay.store.StoreUnavailableException;
import dev.assay.store.fact.Attribution;
import dev.assay.store.fact.Attribution.State;
import dev.assay.store.fact.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One repository, and how each of its changes stands. One thread uses it. */
final class FollowedRepository {
  private final GitRepository git;
  private final Store store;
  private final ChangeAttribution attribution;
  private final Due due;
  private final FollowOptions options;

  private String stamp = "";
  private Instant lookedAt = Instant.EPOCH;
  private @Nullable Merged merged;
  private @Nullable String problem;
  private Map<String, Standing> standings = new LinkedHashMap<>();
  private Set<String> names = Set.of();
  private final Map<String, Standing> queue = new HashMap<>();
  private final Map<String, Long> kept = new HashMap<>();
  private final Survivors survivors;

  /** Grows wherever a standing may be another. */
  private long revision;

  FollowedRepository(
      GitRepository git, Store store, ChangeAttribution attribution, FollowOptions options) {
    this.git = git;
    this.store = store;
    this.attribution = attribution;
    this.due = new Due(store.edits(), attribution, options);
    this.options = options;
    this.survivors = new Survivors(git, store.changes());
  }

  GitRepository git() {
    return git;
  }

  /**
   * Looks for new merges where references changed, or where they could not be read a while ago.
   *
   * @param claimed merge commit and repository of what other repositories have; a fork's default
   *     branch holds the merges of the repository that it was forked from
   */
  void look(Map<String, String> claimed, Instant now) throws StoreUnavailableException {
    String newest = git.stamp();
    boolean retry = problem != null && Elapsed.since(lookedAt, options.retryUndecided(), now);
    if (newest.equals(stamp) && !retry) {
      return;
    }
    lookedAt = now;
    try {
      Merged found = git.merged();
      accept(found, claimed, now);
      problem =
          found.shallow()
              ? "a shallow clone: older changes are not here; git fetch --unshallow brings them"
              : null;
    } catch (GitException e) {
      problem = e.getMessage();
    }
    stamp = newest; // not before the store has what was found
  }

  /** Takes a list of changes in place of those of the history. */
  void accept(Merged found, Map<String, String> claimed, Instant now)
      throws StoreUnavailableException {
    List<Change> own = new ArrayList<>();
    for (Change change : found.changes()) {
      String owner = claimed.putIfAbsent(change.mergeCommit(), change.repository());
      if (owner == null || owner.equals(change.repository())) {
        own.add(change);
      }
    }
    merged = found;
    Set<String> repositories = new LinkedHashSet<>();
    own.forEach(change -> repositories.add(change.repository()));
    Map<String, Standing> known = known(repositories);
    // A shallow clone does not know what its oldest changes stand on; who does is not overruled.
    store
        .changes()
        .found(
            found.shallow()
                ? own.stream().filter(change -> !known.containsKey(change.key())).toList()
                : own);
    Map<String, Standing> before = known(repositories);
    Map<String, Standing> standingNow = new LinkedHashMap<>();
    for (Change change : own) {
      Standing standing = before.get(change.key());
      if (standing != null) {
        Standing earlier = standings.get(change.key());
        boolean same = earlier != null && earlier.decidedAt().equals(standing.decidedAt());
        standingNow.put(change.key(), same ? earlier : standing);
      }
    }
    standings = standingNow;
    revision++;
    Set<String> all = new LinkedHashSet<>(found.names());
    own.forEach(change -> all.addAll(names(change)));
    names = all;
    queue.keySet().retainAll(standingNow.keySet());
    for (Standing standing : standingNow.values()) {
      if (due.byItself(standing, now) || due.mayBeMended(standing)) {
        queue.put(standing.change().key(), standing);
      }
    }
  }

  private Map<String, Standing> known(Set<String> repositories) {
    Map<String, Standing> out = new HashMap<>();
    repositories.forEach(name -> out.putAll(Standing.all(store, name)));
    return out;
  }

  /** Every repository whose edits may stand in one of the changes. */
  Set<String> names() {
    return names;
  }

  private Set<String> names(Change change) {
    return git.candidates(change, merged == null ? List.of() : merged.names());
  }

  /** Queues what time alone made due. */
  void passTime(Instant now) {
    for (Standing standing : standings.values()) {
      if (due.byItself(standing, now) && !keptAsItIs(standing)) {
        queue.put(standing.change().key(), standing);
      }
    }
  }

  /** Queues what new edits made due. */
  void recheckEdits() {
    List<Standing> decided =
        standings.values().stream()
            .filter(standing -> standing.state() != null)
            .filter(standing -> !queue.containsKey(standing.change().key()))
            .toList();
    for (Standing standing : due.byEdits(decided, names, this::names)) {
      if (!keptAsItIs(standing)) {
        queue.put(standing.change().key(), standing);
      }
    }
  }

  /** The changes that are due and not resting, youngest first. */
  List<Change> due(Instant now) {
    return queue.values().stream()
        .filter(standing -> !due.resting(standing, now))
        .map(Standing::change)
        .sorted(Comparator.comparing(Change::mergedAt).thenComparing(Change::key).reversed())
        .toList();
  }

  /** Judges a change and keeps the verdicts. */
  Attribution judge(Change change) throws StoreUnavailableException {
    long begin = System.nanoTime();
    Attribution made = attribution.attribute(git, change, names(change));
    Standing before = standings.get(change.key());
    if (before != null
        && ChangeAttribution.LINES_EXPIRED.equals(made.undecidedReason())
        && (before.state() == State.PROVISIONAL || before.state() == State.FINAL)) {
      // What was decided while the lines were there is better than no answer.
      kept.put(change.key(), made.editsVersion());
      queue.remove(change.key());
      return made;
    }
    store.changes().decided(List.of(made));
    revision++;
    queue.remove(change.key());
    standings.put(change.key(), Standing.of(made, Duration.ofNanos(System.nanoTime() - begin)));
    return made;
  }

  /**
   * Counts which lines of its pull requests still stand.
   *
   * @param pause asked now and then
   * @return whether some are to be counted still
   */
  boolean survive(Instant now, BooleanSupplier pause) throws StoreUnavailableException {
    Merged found = merged;
    if (found == null) {
      return false;
    }
    List<Judged> judged = new ArrayList<>();
    for (Standing standing : standings.values()) {
      boolean verdicts = standing.state() == State.PROVISIONAL || standing.state() == State.FINAL;
      if (verdicts && standing.change().number() != null) {
        judged.add(new Judged(standing.change(), standing.decidedAt()));
      }
    }
    return survivors.count(judged, revision, found.tip(), now, pause);
  }

  /** Whether an earlier decision stands because the lines to make it again are gone. */
  private boolean keptAsItIs(Standing standing) {
    Long version = kept.get(standing.change().key());
    return version != null
        && store
                .edits()
                .version(names(standing.change()), ChangeAttribution.FIRST, ChangeAttribution.LAST)
            <= version;
  }

  /** All changes, in the order in which they were found. */
  Collection<Standing> standings() {
    return standings.values();
  }

  /** When the oldest change was merged that was never decided; null where there is none. */
  @Nullable Instant oldestUnjudged() {
    return queue.values().stream()
        .filter(standing -> standing.state() == null)
        .map(standing -> standing.change().mergedAt())
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  int queued() {
    return queue.size();
  }

  /** As it stands, for people. */
  Followed told() {
    Merged known = merged;
    long pulls = standings.values().stream().filter(s -> s.change().number() != null).count();
    return new Followed(
        git.directory().toString(),
        known == null ? null : known.names().get(0),
        known == null ? null : known.branch(),
        standings.size(),
        pulls,
        known != null && known.shallow(),
        problem);
  }
}
