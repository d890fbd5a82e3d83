package dev.assay.store;

import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How to open a store. A value that cannot be is refused with the key's name.
 *
 * @param dataDir {@code data}: where everything lies; made where it is missing
 * @param zone {@code store.zone}: whose days the figures use; fixed when the directory is new
 * @param fsync {@code store.fsync}: whether a commit waits until the disk has it. Without it a
 *     commit survives kill -9, but after a loss of power the data directory may be damaged
 * @param memoryLimitBytes {@code store.memory_limit}: of the database, 64 MiB or more
 * @param threads {@code store.threads}: that answer one question, 1 to 256; where there are two,
 *     one while much waits to be written
 * @param lineRetentionDays {@code store.line_retention_days}: how long the text of lines is kept,
 *     24 (the attribution window, both ends) to 3650
 * @param retentionDays {@code store.retention_days}: of how many days facts, changes and series are
 *     kept, today's included; {@code lineRetentionDays} to 36,500, or 0: for good
 * @param retentionBytes {@code store.retention_size}: what they may take of the database's file,
 *     else the oldest days go, though none younger than {@code lineRetentionDays}; 0: no limit
 * @param aliases {@code store.aliases}: the other names (addresses, logins, account ids) of each
 *     person, by the name to show; one name stands for one person only
 */
public record StoreOptions(
    Path dataDir,
    ZoneId zone,
    boolean fsync,
    long memoryLimitBytes,
    int threads,
    int lineRetentionDays,
    int retentionDays,
    long retentionBytes,
    Map<String, Set<String>> aliases) {
  public static final long DEFAULT_MEMORY_LIMIT_BYTES = 512L << 20;
  public static final int DEFAULT_LINE_RETENTION_DAYS = 120;

  private static final long LEAST_MEMORY_BYTES = 64L << 20;
  private static final int MOST_THREADS = 256;
  private static final int LEAST_RETENTION_DAYS = 24;
  private static final int MOST_RETENTION_DAYS = 3650;
  private static final int MOST_FACT_RETENTION_DAYS = 36_500;

  public StoreOptions {
    check(
        memoryLimitBytes >= LEAST_MEMORY_BYTES,
        "store.memory_limit: must be at least 64 MiB, but is %d bytes",
        memoryLimitBytes);
    check(
        threads >= 1 && threads <= MOST_THREADS,
        "store.threads: must be 1 to 256, but is %d",
        threads);
    check(
        lineRetentionDays >= LEAST_RETENTION_DAYS && lineRetentionDays <= MOST_RETENTION_DAYS,
        "store.line_retention_days: must be 24 to 3650, but is %d",
        lineRetentionDays);
    check(
        retentionDays == 0
            || (retentionDays >= lineRetentionDays && retentionDays <= MOST_FACT_RETENTION_DAYS),
        "store.retention_days: must be 0 or %d (store.line_retention_days) to 36500, but is %d",
        lineRetentionDays,
        retentionDays);
    check(
        retentionBytes >= 0,
        "store.retention_size: must be 0 or more, but is %d bytes",
        retentionBytes);
    Map<String, Set<String>> copy = new HashMap<>();
    Map<String, String> owners = new HashMap<>();
    aliases.forEach(
        (person, names) -> {
          check(!person.isBlank(), "store.aliases: a person's name is empty");
          copy.put(person, Set.copyOf(names));
          for (String name : names) {
            String other = owners.put(name.toLowerCase(Locale.ROOT), person);
            check(
                other == null || other.equals(person),
                "store.aliases: %s stands for both %s and %s",
                name,
                other,
                person);
          }
        });
    aliases = Map.copyOf(copy);
  }

  /** The defaults, for this directory. */
  public static StoreOptions in(Path dataDir) {
    return new StoreOptions(
        dataDir,
        ZoneOffset.UTC,
        true,
        DEFAULT_MEMORY_LIMIT_BYTES,
        Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors()),
        DEFAULT_LINE_RETENTION_DAYS,
        0,
        0,
        Map.of());
  }

  public StoreOptions withZone(ZoneId other) {
    return with(draft -> draft.zone = other);
  }

  public StoreOptions withFsync(boolean other) {
    return with(draft -> draft.fsync = other);
  }

  public StoreOptions withMemoryLimitBytes(long other) {
    return with(draft -> draft.memoryLimitBytes = other);
  }

  public StoreOptions withThreads(int other) {
    return with(draft -> draft.threads = other);
  }

  public StoreOptions withLineRetentionDays(int other) {
    return with(draft -> draft.lineRetentionDays = other);
  }

  public StoreOptions withRetentionDays(int other) {
    return with(draft -> draft.retentionDays = other);
  }

  public StoreOptions withRetentionBytes(long other) {
    return with(draft -> draft.retentionBytes = other);
  }

  public StoreOptions withAliases(Map<String, Set<String>> other) {
    return with(draft -> draft.aliases = other);
  }

  private StoreOptions with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.options();
  }

  private static void check(boolean holds, String message, Object... arguments) {
    if (!holds) {
      throw new IllegalArgumentException(String.format(Locale.ROOT, message, arguments));
    }
  }

  /** The values while one of them changes. */
  private static final class Draft {
    private final Path dataDir;
    private ZoneId zone;
    private boolean fsync;
    private long memoryLimitBytes;
    private int threads;
    private int lineRetentionDays;
    private int retentionDays;
    private long retentionBytes;
    private Map<String, Set<String>> aliases;

    Draft(StoreOptions from) {
      dataDir = from.dataDir;
      zone = from.zone;
      fsync = from.fsync;
      memoryLimitBytes = from.memoryLimitBytes;
      threads = from.threads;
      lineRetentionDays = from.lineRetentionDays;
      retentionDays = from.retentionDays;
      retentionBytes = from.retentionBytes;
      aliases = from.aliases;
    }

    StoreOptions options() {
      return new StoreOptions(
          dataDir,
          zone,
          fsync,
          memoryLimitBytes,
          threads,
          lineRetentionDays,
          retentionDays,
          retentionBytes,
          aliases);
    }
  }
}
