package dev.assay.bench.attribution;

import dev.assay.receiver.attribution.Attributor;
import dev.assay.receiver.attribution.BaseTree;
import dev.assay.receiver.attribution.ChangeDiff;
import dev.assay.receiver.attribution.Judgement;
import dev.assay.receiver.attribution.Rules;
import dev.assay.receiver.forge.GitException;
import dev.assay.receiver.forge.GitRepository;
import dev.assay.store.Edits;
import dev.assay.store.Store;
import dev.assay.store.StoreUnavailableException;
import dev.assay.store.fact.Attribution;
import dev.assay.store.fact.Change;
import dev.assay.store.fact.EditFact;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Attribution as the follower does it, step by step, with a clock between the steps. */
final class Engine implements AutoCloseable {
  private static final Instant EVER = Instant.parse("2200-01-01T00:00:00Z");

  private final GitRepository repository;
  private final List<String> names;
  private final Store store;
  private final Attributor attributor = new Attributor(Rules.standard());

  /** Lines that were judged to be Claude's, over all runs: work that cannot be left out. */
  private long assisted;

  Engine(GitRepository repository, Store store) throws GitException {
    this.repository = repository;
    this.store = store;
    this.names = repository.merged().names();
  }

  /** Attributes one pull request and keeps its verdicts. */
  Phases attribute(Pull pull) throws IOException {
    Change change = pull.change();
    Set<String> repositories = repository.candidates(change, names);
    Clocked<Edits> edits = new Clocked<>(Edits.class, store.edits());
    try {
      long begun = System.nanoTime();
      long version = store.edits().version(repositories, Instant.EPOCH, EVER);
      long versionKnown = System.nanoTime();
      GitRepository.Opened opened = repository.open(change);
      ChangeDiff diff = opened.diff();
      long diffRead = System.nanoTime();
      ClockedTree base = new ClockedTree(opened.base());
      long baseKnown = System.nanoTime();
      List<EditFact> candidates =
          attributor.candidates(edits.proxy, repositories, change.mergedAt(), diff, base);
      long inBase = base.nanos;
      long candidatesKnown = System.nanoTime();
      Judgement judgement = attributor.judge(change.mergedAt(), diff, base, candidates);
      long judged = System.nanoTime();
      keep(change, judgement, version);
      long stored = System.nanoTime();
      return new Phases(
          diffRead - versionKnown,
          versionKnown - begun,
          base.nanos + baseKnown - diffRead,
          edits.nanos,
          candidatesKnown - baseKnown - edits.nanos - inBase,
          judged - candidatesKnown - (base.nanos - inBase),
          stored - judged);
    } catch (GitException | StoreUnavailableException e) {
      throw new IOException(pull.change().key(), e);
    }
  }

  private void keep(Change change, Judgement judgement, long version)
      throws StoreUnavailableException {
    assisted += judgement.verdicts().stream().filter(verdict -> verdict.assisted()).count();
    store
        .changes()
        .decided(
            List.of(
                new Attribution(
                    change,
                    Attribution.State.PROVISIONAL,
                    null,
                    judgement.rulesVersion(),
                    version,
                    Instant.now(),
                    judgement.tagged(),
                    judgement.verdicts())));
  }

  long assisted() {
    return assisted;
  }

  @Override
  public void close() {
    repository.close();
  }

  /** Adds up the time of a tree's answers; they are many and short, so without a proxy. */
  private static final class ClockedTree implements BaseTree {
    long nanos;
    private final BaseTree real;

    ClockedTree(BaseTree real) {
      this.real = real;
    }

    @Override
    public int filesWith(long lineHash) {
      long begun = System.nanoTime();
      int files = real.filesWith(lineHash);
      nanos += System.nanoTime() - begun;
      return files;
    }

    @Override
    public int timesIn(String path, long lineHash) {
      long begun = System.nanoTime();
      int times = real.timesIn(path, lineHash);
      nanos += System.nanoTime() - begun;
      return times;
    }

    @Override
    public boolean committed(String path) {
      long begun = System.nanoTime();
      boolean committed = real.committed(path);
      nanos += System.nanoTime() - begun;
      return committed;
    }
  }

  /** Adds up the time that is spent in an interface's methods. */
  private static final class Clocked<T> implements InvocationHandler {
    final T proxy;
    long nanos;
    private final T real;

    Clocked(Class<T> type, T real) {
      this.real = real;
      this.proxy =
          type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, this));
    }

    @Override
    public Object invoke(Object self, java.lang.reflect.Method method, Object[] arguments)
        throws Throwable {
      long begun = System.nanoTime();
      try {
        return method.invoke(real, arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      } finally {
        nanos += System.nanoTime() - begun;
      }
    }
  }
}
