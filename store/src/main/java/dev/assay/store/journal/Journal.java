package dev.assay.store.journal;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.assay.store.StoreUnavailableException;
import dev.assay.store.fact.Observation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes commits durable at once, so that the facts can follow in larger steps. What waits when its
 * thread comes round is written together, and costs one sync of the disk.
 *
 * <p>A file goes when all its entries are applied and the database has taken its log in: what the
 * log loses is here until then. What a process left behind and the database may not have is applied
 * by the next one, some of it for the second time: a fact does not care.
 */
public final class Journal implements AutoCloseable {
  /** When to come back after a failure. */
  public static final long RETRY_MILLIS = 10_000;

  private static final Logger log = LoggerFactory.getLogger(Journal.class);

  /** Bytes of entries that are synced together; a single larger one goes alone. */
  private static final long LIMIT_GROUP_BYTES = 4L << 20;

  private static final int BUFFER_BYTES = 1 << 20;

  private final Path folder;
  private final boolean fsync;
  private final List<Path> left;
  private final KeptFiles kept;
  private final AtomicInteger aside;
  private final LinkedBlockingQueue<Pending> queue = new LinkedBlockingQueue<>();
  private final Pending closing = Pending.order();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private final Thread thread;

  /** Only its thread uses this, and {@link #next}. */
  private @Nullable Segment current;

  private long next;

  /** Guarded by {@link #queue}: nothing comes behind {@link #closing}. */
  private boolean closed;

  private volatile @Nullable String failure;
  private volatile long failedAtNanos;

  private Journal(
      Path folder, boolean fsync, List<Path> left, KeptFiles kept, AtomicInteger aside, long next) {
    this.folder = folder;
    this.fsync = fsync;
    this.left = left;
    this.kept = kept;
    this.aside = aside;
    this.next = next;
    this.thread = new Thread(this::run, "assay-journal");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * The newest version up to which a file is applied, of those that an earlier process left; 0
   * where none is. A database that does not have it has lost something.
   */
  public static long newestVersion(Path folder) throws IOException {
    return files(folder).stream().mapToLong(Segment::version).max().orElse(0);
  }

  private static List<Path> files(Path folder) throws IOException {
    List<Path> all = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (var files = Files.newDirectoryStream(folder)) {
        files.forEach(all::add);
      }
    }
    all.sort(null);
    return all;
  }

  /**
   * Opens the journal in a folder of its own, which is made where it is missing.
   *
   * @param fsync whether {@link #append} waits until the disk has it
   * @param version which the database has: what was applied up to there is not applied again
   */
  public static Journal open(Path folder, boolean fsync, long version) throws IOException {
    Files.createDirectories(folder);
    KeptFiles kept = new KeptFiles();
    AtomicInteger aside = new AtomicInteger();
    List<Path> left = new ArrayList<>();
    List<Path> all = files(folder);
    long last = all.stream().mapToLong(Segment::number).max().orElse(0);
    for (Path file : all) {
      long applied = Segment.version(file);
      if (named(file, Hold.ASIDE)) {
        aside.incrementAndGet();
      } else if (named(file, Segment.SUFFIX) && applied > 0 && applied <= version) {
        kept.addMarked(new Hold(file, kept, aside), Files.size(file));
      } else if (named(file, Segment.SUFFIX) && applied > 0) {
        // The next transaction may have the version that its name says, without what it holds.
        Path bare = file.resolveSibling(Segment.name(Segment.number(file)));
        boolean taken = Files.exists(bare);
        left.add(Files.move(file, taken ? folder.resolve(Segment.name(++last)) : bare));
      } else if (named(file, Segment.SUFFIX)) {
        left.add(file);
      }
    }
    if (fsync) {
      Segment.forceFolder(folder);
    }
    return new Journal(folder, fsync, left, kept, aside, last + 1);
  }

  private static boolean named(Path file, String suffix) {
    return file.getFileName().toString().endsWith(suffix);
  }

  /** Observations as {@link #append} takes them. */
  public static byte[] entry(Collection<? extends Observation> observations) {
    return EntryWriter.bytes(observations);
  }

  /** The observations of an entry that {@link #entry} made; their order says nothing. */
  public static List<Observation> observations(byte[] entry) {
    try {
      return EntryReader.observations(entry);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("an entry that was just written does not parse", e);
    }
  }

  /**
   * Makes an entry durable. May be called from any thread.
   *
   * @param durable is told of each entry when it is on disk, in the order of the entries and before
   *     this returns, by the journal's own thread
   * @throws StoreUnavailableException where nothing was kept, or, after a failed sync, may be kept
   *     and was not acknowledged
   */
  public void append(byte[] entry, Consumer<Held> durable) throws StoreUnavailableException {
    Pending pending = new Pending(entry, durable);
    synchronized (queue) {
      if (closed) {
        throw new StoreUnavailableException("the store is closed", RETRY_MILLIS, null);
      }
      queue.add(pending);
    }
    Throwable failed = pending.done.join();
    if (failed != null) {
      throw new StoreUnavailableException(
          "nothing could be written: "
              + why(failed)
              + (failed instanceof Error
                  ? ""
                  : "; free space on the disk of " + folder + " or make it writable"),
          RETRY_MILLIS,
          failed);
    }
  }

  /**
   * Reads what an earlier process left behind; once.
   *
   * @param to is given the observations of each entry
   */
  public void replay(Replay to) throws InterruptedException {
    for (Path file : left) {
      Hold hold = new Hold(file, kept, aside);
      Held own = hold.take();
      try {
        SegmentReader.Found found = SegmentReader.read(file);
        boolean usable = !found.damaged();
        for (byte[] entry : found.entries()) {
          try {
            to.observed(EntryReader.observations(entry), entry.length, hold.take());
          } catch (InvalidProtocolBufferException | DateTimeException e) {
            log.error("An entry of {} cannot be read: {}", file, e.getMessage());
            usable = false;
          }
        }
        if (usable) {
          own.applied();
        } else {
          own.refused();
        }
      } catch (IOException e) {
        log.error("{} cannot be read, and is tried again at the next start: {}", file, why(e));
      }
    }
  }

  /** How many files an earlier process left behind that the database may not have. */
  public int left() {
    return left.size();
  }

  /** How many files are kept aside, or will be, with something in them that could not be used. */
  public int aside() {
    return aside.get();
  }

  /** Bytes of the files of which all entries are applied. */
  public long appliedBytes() {
    return kept.bytes();
  }

  /** What is applied by now is in a database that has this version. */
  public void mark(long version) {
    kept.mark(version);
  }

  /** Begins another file where all entries of the one that is open are applied. */
  public void roll() {
    Pending order = Pending.order();
    synchronized (queue) {
      if (closed) {
        return;
      }
      queue.add(order);
    }
    order.done.join();
  }

  /**
   * The database has in more than its log what was applied before it began to take that in: files
   * that hold nothing else go. Nothing is applied meanwhile.
   */
  public void release() {
    kept.release();
  }

  /**
   * Why the last entry could not be written; null where it could. Some time after a failure it
   * tries an empty one first: who waits for the store to be ready sends nothing.
   */
  public @Nullable String failure() {
    if (failure != null
        && System.nanoTime() - failedAtNanos > TimeUnit.MILLISECONDS.toNanos(RETRY_MILLIS)) {
      try {
        append(new byte[0], Held::applied);
      } catch (StoreUnavailableException e) {
        return failure;
      }
    }
    return failure;
  }

  private void run() {
    List<Pending> group = new ArrayList<>();
    for (Pending first = take(); !first.equals(closing); first = take()) {
      if (first.isOrder()) {
        guarded(this::retireIdle);
        first.done.complete(null);
        continue;
      }
      group.add(first);
      long bytes = first.entry.length;
      Pending more = queue.peek();
      while (more != null && !more.isOrder() && bytes + more.entry.length <= LIMIT_GROUP_BYTES) {
        group.add(queue.remove());
        bytes += more.entry.length;
        more = queue.peek();
      }
      guarded(() -> write(group));
      group.clear();
    }
    retire();
  }

  private Pending take() {
    while (true) {
      try {
        return queue.take();
      } catch (InterruptedException e) {
        // Nobody has reason to.
      }
    }
  }

  private void write(List<Pending> group) {
    List<Held> held = new ArrayList<>();
    int handed = 0;
    boolean synced = false;
    try {
      Segment segment = current;
      if (segment == null) {
        long number = next++; // one that could not be made may be there all the same
        Path file = folder.resolve(Segment.name(number));
        segment = Segment.create(file, buffer, fsync, new Hold(file, kept, aside));
        current = segment;
      }
      for (Pending pending : group) {
        segment.add(pending.entry);
        held.add(segment.hold());
      }
      segment.sync();
      synced = true;
      failure = null;
      for (; handed < group.size(); handed++) {
        group.get(handed).hand(held.get(handed));
      }
      group.forEach(pending -> pending.done.complete(null));
      if (segment.full()) {
        retire();
      }
    } catch (Throwable e) { // an Error too: without this thread who appends would wait for ever
      Segment failed = current;
      current = null; // whatever comes next: it is not written on
      try {
        failedAtNanos = System.nanoTime();
        failure = why(e);
      } finally {
        for (int i = 0; i < group.size(); i++) {
          group.get(i).done.complete(i < handed ? null : e);
        }
      }
      // The one that was being handed over may have been taken: its file stays for the next start.
      held.subList(synced ? Math.min(handed + 1, held.size()) : 0, held.size())
          .forEach(Held::applied);
      if (failed != null) {
        failed.close();
      }
    }
  }

  /** What fails here leaves a file for the next start, and must not end the thread either. */
  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (Throwable e) {
      log.error("A file of the journal was not ended as it should be", e);
    }
  }

  private void retireIdle() {
    if (current != null && current.idle()) {
      retire();
    }
  }

  private void retire() {
    Segment ended = current;
    current = null;
    if (ended != null) {
      ended.close();
    }
  }

  private static String why(Throwable e) {
    return e.getMessage() == null || e instanceof Error
        ? e.getClass().getSimpleName()
        : e.getMessage();
  }

  /** Writes what waits, and takes nothing more. */
  @Override
  public void close() {
    synchronized (queue) {
      if (!closed) {
        closed = true;
        queue.add(closing);
      }
    }
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes what is read again. */
  public interface Replay {
    /**
     * Takes the observations of one entry.
     *
     * @param bytes of the entry
     */
    void observed(List<Observation> observations, int bytes, Held held) throws InterruptedException;
  }

  /** A caller who waits. */
  private static final class Pending {
    private final byte[] entry;
    private final @Nullable Consumer<Held> durable;

    /** Why it could not be written; null where it was. */
    private final CompletableFuture<@Nullable Throwable> done = new CompletableFuture<>();

    Pending(byte[] entry, @Nullable Consumer<Held> durable) {
      this.entry = entry;
      this.durable = durable;
    }

    /** Not an entry: to begin another file, or to end. */
    static Pending order() {
      return new Pending(new byte[0], null);
    }

    boolean isOrder() {
      return durable == null;
    }

    void hand(Held held) {
      if (durable != null) {
        durable.accept(held);
      }
    }
  }
}
