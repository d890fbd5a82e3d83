package dev.assay.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.store.fact.EditFact;
import dev.assay.store.join.Join;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Facts for the line index, without a database: each edit's version is its place. */
final class InMemoryEdits implements IndexedEdits {
  private static final int PIECE = 100;

  final List<EditFact> edits = new CopyOnWriteArrayList<>();

  /** How many edits the index has read. */
  final AtomicInteger read = new AtomicInteger();

  /** How many it read at once. */
  final List<Integer> atOnce = Collections.synchronizedList(new ArrayList<>());

  /** The window in which the edit of a version was before. */
  final Map<Long, Long> moved = new TreeMap<>();

  /** Reading waits for it. */
  volatile CountDownLatch open = new CountDownLatch(0);

  /** What happens just before it reads: each once. */
  final Queue<Runnable> before = new ConcurrentLinkedQueue<>();

  private static long window(EditFact edit) {
    return LineWindow.number(Join.micros(edit.time()));
  }

  @Override
  public Map<Long, Long> newestVersions(long upTo) {
    Map<Long, Long> newest = new TreeMap<>();
    for (int i = 0; i < Math.min(upTo, edits.size()); i++) {
      newest.put(window(edits.get(i)), i + 1L);
    }
    return newest;
  }

  @Override
  public Set<Long> windows(long upTo) {
    return new TreeSet<>(newestVersions(upTo).keySet());
  }

  @Override
  public Set<Long> movedFrom(long above, long upTo) {
    return moved.entrySet().stream()
        .filter(each -> each.getKey() > above && each.getKey() <= upTo)
        .map(Map.Entry::getValue)
        .collect(Collectors.toSet());
  }

  /** In pieces of another size than is asked for: so many versions. */
  @Override
  public List<Long> cuts(
      LineIndex.Span times, long above, long upTo, long limitEdits, long limitLines) {
    List<Long> cuts = new ArrayList<>();
    for (long cut = above + PIECE; cut < upTo; cut += PIECE) {
      cuts.add(cut);
    }
    cuts.add(upTo);
    return cuts;
  }

  @Override
  public long keptFromMicros() {
    return 0;
  }

  @Override
  public List<Long> expired(long window) {
    return List.of();
  }

  @Override
  public List<EditFact> written(LineIndex.Span times, long above, long upTo) {
    try {
      open.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    Runnable first = before.poll();
    if (first != null) {
      first.run();
    }
    return edits.subList((int) above, (int) upTo).stream()
        .filter(edit -> Join.micros(edit.time()) >= times.fromMicros())
        .filter(edit -> Join.micros(edit.time()) <= times.toMicros())
        .toList();
  }

  @Override
  public List<EditFact> withLines(List<EditFact> some, long above, long upTo) {
    assertThat(edits.subList((int) above, (int) upTo)).containsAll(some);
    read.addAndGet(some.size());
    atOnce.add(some.size());
    return some;
  }
}
