package dev.assay.store.embedded;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest version of each repository's edits, for each day on which they were made, and the
 * paths that were edited: what the database would have to look through all edits for. In memory,
 * about 100 bytes a day and repository, and 100 to 400 a path; read from the facts at start, and
 * told of each commit before who waits for it.
 *
 * <p>Who sends edits names their paths, repositories and days, so there may be any number: the
 * paths have a limit, and the days with the repositories. Past it all of them are given up until
 * the next start, for a part would say "nothing" where there is something: the database is asked
 * then, which is slower and right.
 */
final class EditVersions {
  /** The paths may take this part of the heap. */
  static final int HEAP_TO_PATHS = 8;

  /** The days may; they are fewer, and asked for more often. */
  static final int HEAP_TO_DAYS = 16;

  /** What each takes in memory, at most, beside its text; names are leaves and repositories. */
  static final long PATH_BYTES = 100;

  static final long DAY_BYTES = 100;
  static final long NAME_BYTES = 250;

  private static final long DAY_MICROS = TimeUnit.DAYS.toMicros(1);
  private static final Logger log = LoggerFactory.getLogger(EditVersions.class);

  private final KeyRoom pathRoom;
  private final KeyRoom dayRoom;
  private boolean holdsPaths = true;
  private boolean holdsDays = true;

  private final Map<String, TreeMap<Long, Long>> days = new HashMap<>();
  private final Map<String, Long> newest = new HashMap<>();

  /** By repository, then by the last part of the path. */
  private final Map<String, Map<String, Set<String>>> paths = new HashMap<>();

  EditVersions() {
    this(
        new KeyRoom(Runtime.getRuntime().maxMemory() / HEAP_TO_PATHS),
        new KeyRoom(Runtime.getRuntime().maxMemory() / HEAP_TO_DAYS));
  }

  EditVersions(KeyRoom pathRoom, KeyRoom dayRoom) {
    this.pathRoom = pathRoom;
    this.dayRoom = dayRoom;
  }

  /** Reads what is stored. */
  static EditVersions read(Database database) {
    EditVersions versions = new EditVersions();
    versions.learn(database);
    return versions;
  }

  /** Before anybody else uses it. */
  void learn(Database database) {
    database.read(
        """
        SELECT repository, day, max(version) FROM (
          SELECT unnest(repositories) AS repository, time_micros // ? AS day, version FROM (
            SELECT repositories, time_micros, version FROM edits
            UNION ALL SELECT repositories, time_micros, version FROM edits_moved))
        GROUP BY repository, day
        """,
        row -> add(row.text(), row.number(), row.number()),
        DAY_MICROS);
    database.read(
        "SELECT DISTINCT unnest(repositories) AS repository, path FROM edits WHERE path IS NOT NULL",
        row -> addPath(row.text(), row.text()));
  }

  /** An edit of these repositories is new, or different, or was there before it moved. */
  synchronized void add(
      List<String> repositories, @Nullable String path, long micros, long version) {
    for (String name : repositories) {
      add(name, Math.floorDiv(micros, DAY_MICROS), version);
      if (path != null) {
        addPath(name, path);
      }
    }
  }

  private void addPath(String repository, String path) {
    if (!holdsPaths) {
      return;
    }
    Map<String, Set<String>> ofRepository = paths.get(repository);
    Set<String> ofLeaf = ofRepository == null ? null : ofRepository.get(leaf(path));
    if (ofLeaf != null && ofLeaf.contains(path)) {
      return;
    }
    long bytes =
        PATH_BYTES
            + textBytes(path)
            + (ofLeaf == null ? NAME_BYTES + textBytes(leaf(path)) : 0)
            + (ofRepository == null ? NAME_BYTES + textBytes(repository) : 0);
    if (!pathRoom.enter(bytes)) {
      holdsPaths = false;
      paths.clear();
      tellGivenUp("paths");
      return;
    }
    paths
        .computeIfAbsent(repository, name -> new HashMap<>())
        .computeIfAbsent(leaf(path), leaf -> new HashSet<>())
        .add(path);
  }

  private static long textBytes(String text) {
    return (long) text.length() * Character.BYTES;
  }

  private static void tellGivenUp(String what) {
    log.warn(
        "The {} of the edits have no room in memory any more, and the database is asked for them,"
            + " which is slower. A larger -Xmx in ASSAY_SERVER_JAVA_OPTS, and a restart, mend that",
        what);
  }

  private static String leaf(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** 0 to 1: how much the paths or the days take of their room; 1 where one of them had none. */
  double fill() {
    return Math.max(pathRoom.fill(), dayRoom.fill());
  }

  /**
   * {@link dev.assay.store.Edits#nestedPaths}.
   *
   * @return null where not all paths are held: the database is to be asked
   */
  synchronized @Nullable Set<String> nestedPaths(
      Collection<String> repositories, Collection<String> wanted) {
    if (!holdsPaths) {
      return null;
    }
    Set<String> found = new TreeSet<>();
    for (String repository : repositories) {
      Map<String, Set<String>> known = paths.getOrDefault(repository, Map.of());
      for (String path : wanted) {
        for (String other : known.getOrDefault(leaf(path), Set.of())) {
          if (nested(path, other)) {
            found.add(other);
          }
        }
      }
    }
    found.removeAll(wanted);
    return found;
  }

  /** The same from the database, which looks through all edits. */
  static Set<String> nestedPaths(
      Database database, Collection<String> repositories, Collection<String> wanted) {
    Set<String> leaves = new HashSet<>();
    wanted.forEach(path -> leaves.add(leaf(path)));
    Set<String> found = new TreeSet<>();
    database.read(
        """
        SELECT DISTINCT path FROM edits
        WHERE list_has_any(repositories, ?)
          AND split_part(path, '/', -1) IN (SELECT unnest(?::VARCHAR[]))
        """,
        row -> {
          String other = row.text();
          if (wanted.stream().anyMatch(path -> nested(path, other))) {
            found.add(other);
          }
        },
        repositories,
        leaves);
    found.removeAll(wanted);
    return found;
  }

  private static boolean nested(String path, String other) {
    return other.endsWith("/" + path) || path.endsWith("/" + other);
  }

  private void add(String repository, long day, long version) {
    if (!holdsDays) {
      return;
    }
    TreeMap<Long, Long> ofRepository = days.get(repository);
    long bytes =
        (ofRepository == null ? NAME_BYTES + textBytes(repository) : 0)
            + (ofRepository == null || !ofRepository.containsKey(day) ? DAY_BYTES : 0);
    if (!dayRoom.enter(bytes)) {
      holdsDays = false;
      days.clear();
      newest.clear();
      tellGivenUp("days");
      return;
    }
    days.computeIfAbsent(repository, name -> new TreeMap<>()).merge(day, version, Math::max);
    newest.merge(repository, version, Math::max);
  }

  /** Those of the names that an edit ever had; or may have had, where not all are held. */
  synchronized List<String> known(Collection<String> repositories) {
    return repositories.stream()
        .filter(name -> !holdsDays || newest.containsKey(name))
        .distinct()
        .toList();
  }

  /**
   * The newest version of edits on the days that the window touches; 0 where there are none. Where
   * not all days are held it is more than any, so that nobody takes the edits for unchanged.
   */
  synchronized long atMost(Collection<String> repositories, long fromMicros, long toMicros) {
    if (!holdsDays) {
      return Long.MAX_VALUE;
    }
    return newest(
        repositories, Math.floorDiv(fromMicros, DAY_MICROS), Math.floorDiv(toMicros, DAY_MICROS));
  }

  /** The newest version of edits on the days that lie wholly in the window, as far as held. */
  synchronized long atLeast(Collection<String> repositories, long fromMicros, long toMicros) {
    return newest(
        repositories,
        Math.floorDiv(fromMicros + DAY_MICROS - 1, DAY_MICROS),
        Math.floorDiv(toMicros + 1, DAY_MICROS) - 1);
  }

  private long newest(Collection<String> repositories, long firstDay, long lastDay) {
    long version = 0;
    for (String repository : repositories) {
      TreeMap<Long, Long> ofRepository = days.get(repository);
      if (ofRepository == null || firstDay > lastDay) {
        continue;
      }
      if (firstDay <= ofRepository.firstKey() && lastDay >= ofRepository.lastKey()) {
        version = Math.max(version, newest.getOrDefault(repository, 0L));
        continue;
      }
      NavigableMap<Long, Long> some = ofRepository.subMap(firstDay, true, lastDay, true);
      for (long ofDay : some.values()) {
        version = Math.max(version, ofDay);
      }
    }
    return version;
  }
}
