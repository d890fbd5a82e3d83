package dev.assay.receiver.follow;

import dev.assay.receiver.attribution.ChangeDiff;
import dev.assay.receiver.attribution.Rules;
import dev.assay.receiver.follow.FollowProgress.Followed;
import dev.assay.receiver.forge.GitException;
import dev.assay.receiver.forge.GitRepository;
import dev.assay.receiver.forge.PullList;
import dev.assay.store.Store;
import dev.assay.store.StoreUnavailableException;
import dev.assay.store.fact.Attribution;
import dev.assay.store.fact.Attribution.State;
import dev.assay.store.fact.Change;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows git repositories on this machine: finds merged changes, has them attributed, keeps the
 * verdicts in the store, and attributes again what later edits, time or new rules change. One
 * thread does all of it; {@link #progress} and the reading of diffs may be called from any.
 */
public final class Follower implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

  private final Rounds rounds;
  private final FollowOptions options;
  private final CountDownLatch stop = new CountDownLatch(1);
  private @Nullable Thread thread;

  /**
   * @param directories the folders whose repositories are followed, asked again with each round:
   *     what was configured, or the checkouts that the agent tells
   */
  public Follower(
      Store store,
      Supplier<? extends List<Path>> directories,
      Rules rules,
      FollowOptions options,
      Clock clock) {
    this.rounds = new Rounds(store, directories, rules, options, clock);
    this.options = options;
  }

  /** Starts to follow. Once. */
  public synchronized void start() {
    if (thread != null) {
      throw new IllegalStateException("already started");
    }
    Thread started = new Thread(this::follow, "follower");
    started.setDaemon(true);
    thread = started;
    started.start();
  }

  /** Ends after the change that is judged just now, and releases all processes. */
  @Override
  public void close() {
    stop.countDown();
    rounds.stop();
    Thread running;
    synchronized (this) {
      running = thread;
    }
    try {
      if (running != null) {
        running.join(TimeUnit.SECONDS.toMillis(10));
        if (running.isAlive()) {
          running.interrupt();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    rounds.close();
  }

  /** How far it is. */
  public FollowProgress progress() {
    return rounds.progress();
  }

  /**
   * What a change does to the tree, read from a followed repository.
   *
   * @return empty where none of them has the change
   * @throws GitException where one has it, but cannot be read
   */
  public Optional<ChangeDiff> diff(Change change) throws GitException {
    GitRepository repository = rounds.holder(change);
    return repository == null ? Optional.empty() : Optional.of(repository.diff(change));
  }

  /**
   * The lines of a file as the change left it, without line breaks.
   *
   * @return empty where no followed repository has the change, or it is no text
   */
  public Optional<List<String>> fileAfter(Change change, String path) throws GitException {
    GitRepository repository = rounds.holder(change);
    return repository == null ? Optional.empty() : repository.fileAfter(change, path);
  }

  /**
   * Attributes all changes of one repository once, oldest first, and keeps the verdicts.
   *
   * @param pulls the pull requests to attribute; null: those that the history tells
   * @param each gets every attribution as it is made
   * @param progress told before each change
   * @throws GitException where the repository cannot be read at all
   */
  public static FollowProgress attributeOnce(
      Store store,
      Path directory,
      @Nullable PullList pulls,
      Rules rules,
      FollowOptions options,
      Clock clock,
      Consumer<Attribution> each,
      Consumer<FollowProgress> progress)
      throws GitException, StoreUnavailableException {
    try (GitRepository git = GitRepository.open(directory)) {
      ChangeAttribution attribution = new ChangeAttribution(store.edits(), rules, options, clock);
      FollowedRepository repository = new FollowedRepository(git, store, attribution, options);
      repository.accept(
          pulls == null ? git.merged() : git.listed(pulls, store.edits().repositories()),
          new java.util.HashMap<>(),
          clock.instant());
      List<Change> changes = repository.standings().stream().map(Standing::change).toList();
      int done = 0;
      int undecided = 0;
      for (Change change : changes) {
        progress.accept(told(repository, done, changes.size(), undecided, change.key()));
        Attribution made = repository.judge(change);
        done++;
        undecided += made.state() == State.UNDECIDED ? 1 : 0;
        each.accept(made);
      }
      return told(repository, done, changes.size(), undecided, null);
    }
  }

  private static FollowProgress told(
      FollowedRepository repository, int done, int total, int undecided, @Nullable String current) {
    List<Followed> followed = List.of(repository.told());
    return new FollowProgress(done, total, null, undecided, done < total, current, null, followed);
  }

  private void follow() {
    try {
      boolean more = true;
      while (!stop.await(more ? 0 : options.poll().toMillis(), TimeUnit.MILLISECONDS)) {
        try {
          more = rounds.round();
        } catch (StoreUnavailableException e) {
          more = false;
          stop.await(e.retryAfterMillis(), TimeUnit.MILLISECONDS);
        } catch (RuntimeException e) {
          more = false; // one odd change must not end the following of all others
          LOG.error("following repositories failed; it goes on with the next round", e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
