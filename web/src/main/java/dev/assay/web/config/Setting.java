package dev.assay.web.config;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be set, once: its flag, its key in the configuration file and its environment
 * variable. A flag wins over a variable, a variable over the file, the file over the default.
 */
public enum Setting {
  DATA(
      "--data",
      "exporters.store.directory",
      "ASSAY_DATA",
      "DIR",
      Kind.PATH,
      "~/.assay",
      "Where everything is kept."),
  CLAUDE_HOME(
      "--claude-home",
      "receivers.claude_code.homes",
      "ASSAY_CLAUDE_HOME",
      "DIR",
      Kind.PATHS,
      null,
      "A .claude folder whose sessions are read; repeatable. Default: CLAUDE_CONFIG_DIR, else"
          + " ~/.claude and $XDG_CONFIG_HOME/claude."),
  REPOSITORY(
      "--repository",
      "receivers.git.repositories",
      "ASSAY_REPOSITORY",
      "DIR",
      Kind.PATHS,
      null,
      "A local git repository whose merged pull requests are attributed; repeatable. Default: the"
          + " checkouts that sessions worked in."),
  OTLP_GRPC_PORT(
      "--otlp-grpc-port",
      "receivers.otlp.protocols.grpc.endpoint",
      "ASSAY_OTLP_GRPC_PORT",
      "PORT",
      Kind.ENDPOINT,
      "4317",
      "Where OTLP over gRPC is received; 0 takes a free port."),
  OTLP_HTTP_PORT(
      "--otlp-http-port",
      "receivers.otlp.protocols.http.endpoint",
      "ASSAY_OTLP_HTTP_PORT",
      "PORT",
      Kind.ENDPOINT,
      "4318",
      "Where OTLP over HTTP is received; 0 takes a free port."),
  WEB_PORT(
      "--web-port",
      "exporters.dashboard.endpoint",
      "ASSAY_WEB_PORT",
      "PORT",
      Kind.ENDPOINT,
      "8080",
      "Where the dashboard and its API are served; 0 takes a free port."),
  TOKENS_FILE(
      "--tokens-file",
      "extensions.bearertokenauth.filename",
      "ASSAY_TOKENS_FILE",
      "FILE",
      Kind.PATH,
      null,
      "Who may come in: the hashes of bearer tokens, and what each may do. assay token writes it."),
  ALLOWED_HOST(
      "--allowed-host",
      "service.allowed_hosts",
      "ASSAY_ALLOWED_HOST",
      "HOST",
      Kind.HOSTS,
      null,
      "A name under which the server may be asked for besides the loopback's, for instance behind a"
          + " reverse proxy; repeatable."),
  AGENT_HOOK_PORT(
      "--agent-hook-port",
      "receivers.claude_code.hooks.endpoint",
      "ASSAY_AGENT_HOOK_PORT",
      "PORT",
      Kind.ENDPOINT,
      null,
      "Where the agent takes Claude Code's PostToolUse hooks; 0 takes a free port. Default: 14319,"
          + " and none where that is taken."),
  ZONE(
      "--zone",
      "exporters.store.zone",
      "ASSAY_ZONE",
      "ZONE",
      Kind.ZONE,
      "UTC",
      "Whose days the figures use, for instance Europe/Berlin; fixed when the data directory is"
          + " new."),
  FSYNC(
      "--fsync",
      "exporters.store.fsync",
      "ASSAY_FSYNC",
      "BOOLEAN",
      Kind.BOOLEAN,
      "true",
      "Whether an acknowledged export survives loss of power too, not only kill -9."),
  MEMORY_LIMIT(
      "--memory-limit",
      "exporters.store.memory_limit",
      "ASSAY_MEMORY_LIMIT",
      "SIZE",
      Kind.SIZE,
      "512MiB",
      "What the database may hold in memory, 64MiB or more."),
  LINE_RETENTION_DAYS(
      "--line-retention-days",
      "exporters.store.line_retention_days",
      "ASSAY_LINE_RETENTION_DAYS",
      "DAYS",
      Kind.DAYS,
      "120",
      "How long the text of lines is kept, 24 to 3650."),
  RETENTION_DAYS(
      "--retention-days",
      "exporters.store.retention_days",
      "ASSAY_RETENTION_DAYS",
      "DAYS",
      Kind.DAYS,
      "0",
      "Of how many days facts, verdicts and series are kept, from --line-retention-days to 36500; 0"
          + " keeps them for good."),
  RETENTION_SIZE(
      "--retention-size",
      "exporters.store.retention_size",
      "ASSAY_RETENTION_SIZE",
      "SIZE",
      Kind.SIZE,
      "0",
      "What they may take of the database, for instance 20GiB, before the oldest days go; 0 sets no"
          + " limit."),
  CONTENT_MODE(
      "--content-mode",
      "processors.lines.content_mode",
      "ASSAY_CONTENT_MODE",
      "MODE",
      Kind.MODE,
      "text",
      "In what form lines travel and are kept: text, or signature, which is keyed and holds no source"
          + " text."),
  KEY_FILE(
      "--key-file",
      "processors.lines.key_file",
      "ASSAY_KEY_FILE",
      "FILE",
      Kind.PATH,
      null,
      "The organisation's key for content mode signature: 64 hexadecimal digits, readable by its"
          + " owner alone, outside the data directory. Further lines are older keys."),
  EXCLUDE(
      "--exclude",
      "processors.attribution.exclude",
      "ASSAY_EXCLUDE",
      "PATTERN",
      Kind.PATTERNS,
      null,
      "Files that are left out besides those of docs/attribution.md: a name such as *.golden, or a"
          + " directory with a slash behind it such as third_party/; repeatable."),
  EXCLUDE_MARKER(
      "--exclude-marker",
      "processors.attribution.exclude_markers",
      "ASSAY_EXCLUDE_MARKER",
      "TEXT",
      Kind.MARKERS,
      null,
      "A text that marks a file as left out where one of its first ten lines holds it, in any case,"
          + " besides those of docs/attribution.md; repeatable."),
  ALIASES_FILE(
      "--aliases-file",
      "processors.identity.aliases_file",
      "ASSAY_ALIASES_FILE",
      "FILE",
      Kind.PATH,
      null,
      "Who is one person: YAML with the name to show and its other addresses, logins and account"
          + " ids."),
  LOG_LEVEL(
      "--log-level",
      "service.telemetry.logs.level",
      "ASSAY_LOG_LEVEL",
      "LEVEL",
      Kind.LEVEL,
      "warn",
      "How much is logged to standard error: error, warn, info, debug or trace.");

  private final String flag;
  private final String key;
  private final String variable;
  private final String label;
  private final Kind kind;
  private final @Nullable String defaultText;
  private final String description;

  Setting(
      String flag,
      String key,
      String variable,
      String label,
      Kind kind,
      @Nullable String defaultText,
      String description) {
    this.flag = flag;
    this.key = key;
    this.variable = variable;
    this.label = label;
    this.kind = kind;
    this.defaultText = defaultText;
    this.description = description;
  }

  /** On the command line, with its two dashes. */
  public String flag() {
    return flag;
  }

  /** In the configuration file, its levels joined by dots. */
  public String key() {
    return key;
  }

  /** In the environment. Several values are separated as in {@code PATH}. */
  public String variable() {
    return variable;
  }

  /** What stands for its value in help. */
  public String label() {
    return label;
  }

  /** The value where nothing is set, as one would write it; null where the description says it. */
  public @Nullable String defaultText() {
    return defaultText;
  }

  /** One or two sentences. */
  public String description() {
    return description;
  }

  /** Whether it may be given more than once. */
  public boolean repeatable() {
    return kind == Kind.PATHS
        || kind == Kind.PATTERNS
        || kind == Kind.MARKERS
        || kind == Kind.HOSTS;
  }

  Kind kind() {
    return kind;
  }

  static Optional<Setting> ofKey(String key) {
    return Arrays.stream(values()).filter(setting -> setting.key.equals(key)).findFirst();
  }

  /** What a value must look like. */
  enum Kind {
    PATH,
    PATHS,
    /** Names of files, or of directories with a slash behind them. */
    PATTERNS,
    /** Texts in the head of a file. */
    MARKERS,
    /** A port from 0 to 65535, or a loopback host and a port. */
    ENDPOINT,
    /** Names of hosts, without ports. */
    HOSTS,
    ZONE,
    BOOLEAN,
    /** A whole number with MiB or GiB behind it, or 0 where it may be none. */
    SIZE,
    DAYS,
    MODE,
    LEVEL
  }
}
