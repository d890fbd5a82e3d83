package dev.assay.receiver.forge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The lines of blobs by the blobs' ids. What was read lately is kept: the bases of successive
 * changes differ in few files, and what a change's files had before is asked for twice.
 */
final class Blobs {
  /** Different lines of all blobs that are kept: 12 MB. */
  static final int LIMIT_LINES = 1_000_000;

  private final CatFile objects;
  private final int limitLines;
  private final LinkedHashMap<String, BlobLines> kept = new LinkedHashMap<>(64, 0.75f, true);
  private long keptLines;

  Blobs(CatFile objects, int limitLines) {
    this.objects = objects;
    this.limitLines = limitLines;
  }

  /**
   * The lines of some blobs, in any order.
   *
   * @throws GitException where one of them is not there
   */
  void each(List<String> ids, Consumer<BlobLines> taker) throws GitException {
    List<String> unread = new ArrayList<>();
    for (String id : ids) {
      BlobLines lines = get(id);
      if (lines == null) {
        unread.add(id);
      } else {
        taker.accept(lines);
      }
    }
    objects.contents(
        unread,
        (index, content) -> taker.accept(keep(unread.get(index), lines(unread, index, content))));
  }

  /** The lines of one blob. */
  BlobLines lines(String id) throws GitException {
    BlobLines lines = get(id);
    return lines != null ? lines : keep(id, lines(List.of(id), 0, objects.content(id)));
  }

  private static BlobLines lines(List<String> ids, int index, byte @Nullable [] content)
      throws GitException {
    if (content == null) {
      throw new GitException("the content of " + ids.get(index) + " is missing (a partial clone?)");
    }
    return BlobLines.of(content);
  }

  private synchronized @Nullable BlobLines get(String id) {
    return kept.get(id);
  }

  private synchronized BlobLines keep(String id, BlobLines lines) {
    BlobLines before = kept.put(id, lines);
    keptLines += lines.size() - (before == null ? 0 : before.size());
    var eldest = kept.entrySet().iterator();
    while (keptLines > limitLines && eldest.hasNext()) {
      Map.Entry<String, BlobLines> entry = eldest.next();
      keptLines -= entry.getValue().size();
      eldest.remove();
    }
    return lines;
  }

  /** Different lines that are kept now. */
  synchronized long keptLines() {
    return keptLines;
  }

  /** Gives the memory back. */
  synchronized void forget() {
    kept.clear();
    keptLines = 0;
  }
}
