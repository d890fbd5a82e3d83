package dev.assay.web.config;

import dev.assay.store.StoreOptions;
import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Flag over environment variable over file over default, and what each kind of value must be. */
final class Layers {
  /** Fewer characters stand in every file. */
  private static final int LEAST_MARKER_CHARS = 4;

  private static final Set<String> LEVELS = Set.of("error", "warn", "info", "debug", "trace");
  private static final int MAX_PORT = 65_535;
  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,252})|\\[[0-9a-fA-F:.]+]");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,6}) ?(MiB|GiB)");

  private final Map<Setting, List<String>> flags;
  private final Map<String, String> environment;
  private final Map<Setting, List<String>> keys;
  private final @Nullable Path file;

  Layers(
      Map<Setting, List<String>> flags,
      Map<String, String> environment,
      Map<Setting, List<String>> keys,
      @Nullable Path file) {
    this.flags = flags;
    this.environment = environment;
    this.keys = keys;
    this.file = file;
  }

  Path path(Setting setting) throws ConfigException {
    return paths(setting).get(0);
  }

  StoreOptions store() throws ConfigException {
    StoreOptions defaults = StoreOptions.in(path(Setting.DATA)).withZone(zone(Setting.ZONE));
    StoreOptions synced = defaults.withFsync(bool(Setting.FSYNC));
    Told memory = told(Setting.MEMORY_LIMIT);
    Told lineDays = told(Setting.LINE_RETENTION_DAYS);
    Told days = told(Setting.RETENTION_DAYS);
    Told size = told(Setting.RETENTION_SIZE);
    // The bounds are the store's own; here a refusal gets the name that the user knows.
    StoreOptions limited;
    try {
      limited = synced.withMemoryLimitBytes(bytes(memory));
    } catch (IllegalArgumentException e) {
      throw memory.refused(memory.first(), "is too little: 64MiB or more");
    }
    StoreOptions lined;
    try {
      lined = limited.withLineRetentionDays(number(lineDays));
    } catch (IllegalArgumentException e) {
      throw lineDays.refused(lineDays.first(), "is out of bounds: 24 to 3650");
    }
    StoreOptions sized = lined.withRetentionBytes(size.first().equals("0") ? 0 : bytes(size));
    try {
      return sized.withRetentionDays(number(days));
    } catch (IllegalArgumentException e) {
      throw days.refused(
          days.first(),
          "is out of bounds: 0, or "
              + lined.lineRetentionDays()
              + " (line_retention_days) to 36500");
    }
  }

  private ZoneId zone(Setting setting) throws ConfigException {
    Told told = told(setting);
    try {
      return ZoneId.of(told.first()).normalized(); // UTC and Z are one
    } catch (DateTimeException e) {
      throw told.refused(told.first(), "is no time zone such as UTC or Europe/Berlin");
    }
  }

  private boolean bool(Setting setting) throws ConfigException {
    Told told = told(setting);
    return switch (told.first()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw told.refused(told.first(), "is neither true nor false");
    };
  }

  private static long bytes(Told told) throws ConfigException {
    Matcher matcher = SIZE.matcher(told.first());
    if (!matcher.matches()) {
      throw told.refused(told.first(), "is no size such as 512MiB or 2GiB");
    }
    return Long.parseLong(matcher.group(1)) << (matcher.group(2).equals("GiB") ? 30 : 20);
  }

  private static int number(Told told) throws ConfigException {
    try {
      return Integer.parseInt(told.first());
    } catch (NumberFormatException e) {
      throw told.refused(told.first(), "is no whole number");
    }
  }

  List<Path> paths(Setting setting) throws ConfigException {
    Told told = told(setting);
    List<Path> paths = new ArrayList<>();
    for (String value : told.values()) {
      if (value.isBlank()) {
        throw told.refused(value, "names no folder");
      }
      try {
        paths.add(Path.of(withHome(value)).toAbsolutePath().normalize());
      } catch (InvalidPathException e) {
        throw told.refused(value, "is no path: " + e.getReason());
      }
    }
    return paths;
  }

  List<String> patterns(Setting setting) throws ConfigException {
    Told told = told(setting);
    List<String> patterns = new ArrayList<>();
    for (String value : told.values()) {
      String pattern = value.trim();
      boolean directory = pattern.endsWith("/");
      String name = directory ? pattern.substring(0, pattern.length() - 1) : pattern;
      if (name.isEmpty() || name.contains("/") || (directory && name.contains("*"))) {
        throw told.refused(
            value, "is neither a name such as *.golden nor a directory such as third_party/");
      }
      patterns.add(pattern);
    }
    return patterns;
  }

  List<String> markers(Setting setting) throws ConfigException {
    Told told = told(setting);
    List<String> markers = new ArrayList<>();
    for (String value : told.values()) {
      String marker = value.trim();
      if (marker.length() < LEAST_MARKER_CHARS) {
        throw told.refused(value, "is no marker: " + LEAST_MARKER_CHARS + " characters or more");
      }
      markers.add(marker);
    }
    return markers;
  }

  /** Whether anything was told, so that it is not left to its default. */
  boolean given(Setting setting) throws ConfigException {
    return !told(setting).values().isEmpty();
  }

  /**
   * A place to listen at, on loopback where a port comes without a host. Nothing else is listened
   * on unless tokens say who may come in.
   */
  Listener listener(Setting setting) throws ConfigException {
    Told told = told(setting);
    Listener listener = anywhere(told);
    if (!listener.loopback() && !given(Setting.TOKENS_FILE)) {
      throw told.refused(
          told.first(),
          "does not listen on loopback, and nobody is asked for a token: set --tokens-file (assay"
              + " token makes one)");
    }
    return listener;
  }

  /** A port on loopback. */
  int loopbackPort(Setting setting) throws ConfigException {
    Told told = told(setting);
    Listener listener = anywhere(told);
    if (!listener.loopback()) {
      throw told.refused(told.first(), "does not listen on loopback");
    }
    return listener.port();
  }

  private static Listener anywhere(Told told) throws ConfigException {
    String value = told.first();
    int colon = value.lastIndexOf(':');
    String host = colon >= 0 ? value.substring(0, colon) : "127.0.0.1";
    if (!HOST.matcher(host).matches()) {
      throw told.refused(value, "names no host such as 0.0.0.0 or [::]");
    }
    try {
      int port = Integer.parseInt(value.substring(colon + 1));
      if (port >= 0 && port <= MAX_PORT) {
        return new Listener(host, port, null, false, Listener.LIMIT_MESSAGE_BYTES);
      }
    } catch (NumberFormatException e) {
      // refused below, as one out of range is
    }
    throw told.refused(value, "is no port (0 to " + MAX_PORT + ")");
  }

  /** Names of hosts, without ports. */
  Set<String> hosts(Setting setting) throws ConfigException {
    Told told = told(setting);
    Set<String> hosts = new TreeSet<>();
    for (String value : told.values()) {
      if (!HOST.matcher(value.trim()).matches()) {
        throw told.refused(value, "is no host name such as assay.example.com, without a port");
      }
      hosts.add(value.trim().toLowerCase(Locale.ROOT));
    }
    return hosts;
  }

  /** Whether it is {@code signature}. */
  boolean signature(Setting setting) throws ConfigException {
    Told told = told(setting);
    return switch (told.first().toLowerCase(Locale.ROOT)) {
      case "text" -> false;
      case "signature" -> true;
      default -> throw told.refused(told.first(), "is neither text nor signature");
    };
  }

  String level(Setting setting) throws ConfigException {
    Told told = told(setting);
    String level = told.first().toLowerCase(Locale.ROOT);
    if (!LEVELS.contains(level)) {
      throw told.refused(level, "is none of error, warn, info, debug, trace");
    }
    return level;
  }

  private Told told(Setting setting) throws ConfigException {
    List<String> given = flags.get(setting);
    if (given != null && !given.isEmpty()) {
      return new Told(setting.flag(), given);
    }
    String variable = environment.get(setting.variable());
    if (variable != null && !variable.isEmpty()) {
      return new Told(
          setting.variable(),
          setting.repeatable()
              ? List.of(variable.split(File.pathSeparator, -1))
              : List.of(variable));
    }
    List<String> read = keys.get(setting);
    if (read != null) {
      return new Told(setting.key() + " (" + file + ")", read);
    }
    String otherwise = setting.defaultText();
    return new Told("default", otherwise == null ? List.of() : List.of(otherwise));
  }

  private String withHome(String value) {
    boolean inHome = value.equals("~") || value.startsWith("~/");
    return inHome
        ? environment.getOrDefault("HOME", System.getProperty("user.home")) + value.substring(1)
        : value;
  }

  /** Values and where they come from. */
  private record Told(String origin, List<String> values) {
    String first() {
      return values.get(0).trim();
    }

    ConfigException refused(String value, String why) {
      return new ConfigException(origin + ": '" + value + "' " + why);
    }
  }
}
