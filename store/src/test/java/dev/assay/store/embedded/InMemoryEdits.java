package dev.assay.store.embedded;

import dev.assay.store.fact.EditFact;
import dev.assay.store.join.Join;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Facts for the line index, without a database: each edit's version is its place. */
final class InMemoryEdits implements IndexedEdits {
  final List<EditFact> edits = new ArrayList<>();

  /** How many edits the index has read. */
  final AtomicInteger read = new AtomicInteger();

  /** The window in which the edit of a version was before. */
  final Map<Long, Long> moved = new TreeMap<>();

  /** Reading waits for it. */
  volatile CountDownLatch open = new CountDownLatch(0);

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

  @Override
  public List<Indexable> ids(long window, long above, long upTo) {
    List<Indexable> ids = new ArrayList<>();
    for (int i = (int) above; i < upTo; i++) {
      if (window(edits.get(i)) == window) {
        ids.add(new Indexable(edits.get(i).toolUseId(), 1));
      }
    }
    return ids;
  }

  @Override
  public List<Indexable> ids(long above, long upTo) {
    return edits.subList((int) above, (int) upTo).stream()
        .map(edit -> new Indexable(edit.toolUseId(), 1))
        .toList();
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
  public List<EditFact> byId(Collection<String> toolUseIds) {
    try {
      open.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    read.addAndGet(toolUseIds.size());
    return edits.stream().filter(edit -> toolUseIds.contains(edit.toolUseId())).toList();
  }
}
