package dev.assay.receiver.attribution;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A file of a {@link History}: what the base has, and the lines that stand in it now. */
final class WorkingFile {
  String path;

  /** Its path in the base tree; null where that has no such file. */
  @Nullable String basePath;

  List<String> base = new ArrayList<>();
  final List<Row> rows = new ArrayList<>();

  /** Sessions that do not know the line numbers: others changed the file since their last edit. */
  private final Set<String> behind = new HashSet<>();

  private final Set<String> sessions = new HashSet<>();

  /** The number of a session's last edit that was made after others had changed the file. */
  private final Map<String, Integer> caughtUp = new HashMap<>();

  WorkingFile(String path) {
    this.path = path;
  }

  /** Somebody changed the file; null for people and formatters. */
  void changedBy(@Nullable String session, int edit) {
    if (session != null) {
      sessions.add(session);
      if (behind.remove(session)) {
        caughtUp.put(session + path, edit);
      }
    }
    sessions.stream().filter(s -> !s.equals(session)).forEach(behind::add);
  }

  /**
   * Whether the session's line numbers tell how this line and its edit's others stood to each
   * other: an edit after changes that the session did not make may seem to lie between them.
   */
  boolean inOneRow(Row.Origin origin) {
    return origin.edit() >= caughtUp.getOrDefault(origin.session() + origin.path(), 0);
  }

  /** Where a line may be put: anywhere but between the lines that a formatter made of one text. */
  int place(Random random) {
    int at = random.nextInt(rows.size() + 1);
    while (at > 0 && rows.get(at - 1).glued()) {
      at++;
    }
    return at;
  }

  /** The end of some lines from a place on, where nothing glued is cut. */
  int end(int from, int lines) {
    int end = Math.min(rows.size(), from + lines);
    while (end > from && rows.get(end - 1).glued()) {
      end++;
    }
    return end;
  }

  boolean alone(int at) {
    return !rows.get(at).glued() && (at == 0 || !rows.get(at - 1).glued());
  }

  boolean claudes(int at) {
    return at >= 0 && at < rows.size() && rows.get(at).claudes();
  }

  List<String> lines() {
    return rows.stream().map(Row::text).toList();
  }

  /** Whether git sees that a renamed file is the base's: half of either is the other's. */
  boolean recognised() {
    Set<String> now = new HashSet<>(lines());
    long kept = base.stream().filter(now::contains).count();
    return basePath != null && 10 * kept >= 6L * Math.max(base.size(), rows.size());
  }

  /** The change was merged: what stands is the next one's base. */
  void merged() {
    base = lines();
    basePath = base.isEmpty() ? null : path;
    rows.replaceAll(Row::inTheBase);
  }
}
