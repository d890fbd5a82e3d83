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

/**
 * The newest version of each repository's edits, for each day on which they were made, and the
 * paths that were edited: what the database would have to look through all edits for. In memory,
 * about 80 bytes a day and repository, and about 150 a path; read from the facts at start, and told
 * of each commit before who waits for it.
 */
final class EditVersions {
  private static final long DAY_MICROS = TimeUnit.DAYS.toMicros(1);

  private final Map<String, TreeMap<Long, Long>> days = new HashMap<>();
  private final Map<String, Long> newest = new HashMap<>();

  /** By repository, then by the last part of the path. */
  private final Map<String, Map<String, Set<String>>> paths = new HashMap<>();

  /** Reads what is stored. */
  static EditVersions read(Database database) {
    EditVersions versions = new EditVersions();
    database.read(
        """
        SELECT repository, day, max(version) FROM (
          SELECT unnest(repositories) AS repository, time_micros // ? AS day, version FROM (
            SELECT repositories, time_micros, version FROM edits
            UNION ALL SELECT repositories, time_micros, version FROM edits_moved))
        GROUP BY repository, day
        """,
        row -> versions.add(row.text(), row.number(), row.number()),
        DAY_MICROS);
    database.read(
        "SELECT DISTINCT unnest(repositories) AS repository, path FROM edits WHERE path IS NOT NULL",
        row -> versions.addPath(row.text(), row.text()));
    return versions;
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
    paths
        .computeIfAbsent(repository, name -> new HashMap<>())
        .computeIfAbsent(leaf(path), leaf -> new HashSet<>())
        .add(path);
  }

  private static String leaf(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** {@link dev.assay.store.Edits#nestedPaths}. */
  synchronized Set<String> nestedPaths(Collection<String> repositories, Collection<String> wanted) {
    Set<String> found = new TreeSet<>();
    for (String repository : repositories) {
      Map<String, Set<String>> known = paths.getOrDefault(repository, Map.of());
      for (String path : wanted) {
        for (String other : known.getOrDefault(leaf(path), Set.of())) {
          if (other.endsWith("/" + path) || path.endsWith("/" + other)) {
            found.add(other);
          }
        }
      }
    }
    found.removeAll(wanted);
    return found;
  }

  private void add(String repository, long day, long version) {
    days.computeIfAbsent(repository, name -> new TreeMap<>()).merge(day, version, Math::max);
    newest.merge(repository, version, Math::max);
  }

  /** Those of the names that an edit ever had. */
  synchronized List<String> known(Collection<String> repositories) {
    return repositories.stream().filter(newest::containsKey).distinct().toList();
  }

  /** The newest version of edits on the days that the window touches; 0 where there are none. */
  synchronized long atMost(Collection<String> repositories, long fromMicros, long toMicros) {
    return newest(
        repositories, Math.floorDiv(fromMicros, DAY_MICROS), Math.floorDiv(toMicros, DAY_MICROS));
  }

  /** The newest version of edits on the days that lie wholly in the window. */
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
