package dev.assay.web.config;

import dev.assay.store.StoreOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Assay was told, with defaults in place of what it was not.
 *
 * @param store where and how everything is kept
 * @param claudeHomes the {@code .claude} folders that were named; empty where none was
 * @param repositories the git repositories that were named; empty where none was
 * @param otlpGrpcPort 0 takes a free one
 * @param otlpHttpPort 0 takes a free one
 * @param webPort 0 takes a free one
 * @param agentHookPort 0 takes a free one; null: the agent's own default, if it is free
 * @param signature whether lines travel and are kept in content mode {@code signature}
 * @param keyFile the organisation's keys; null where there are none
 * @param exclude files and directories that are left out besides the standard ones
 * @param logLevel one of error, warn, info, debug, trace
 */
public record Config(
    StoreOptions store,
    List<Path> claudeHomes,
    List<Path> repositories,
    int otlpGrpcPort,
    int otlpHttpPort,
    int webPort,
    @Nullable Integer agentHookPort,
    boolean signature,
    @Nullable Path keyFile,
    List<String> exclude,
    String logLevel) {
  public Config {
    claudeHomes = List.copyOf(claudeHomes);
    repositories = List.copyOf(repositories);
    exclude = List.copyOf(exclude);
  }

  /**
   * Reads what was told.
   *
   * @param flags the values of the flags that were given
   * @param environment of the process
   * @param file the configuration file; null where there is none
   * @throws ConfigException for the first mistake
   */
  public static Config resolve(
      Map<Setting, List<String>> flags, Map<String, String> environment, @Nullable Path file)
      throws ConfigException {
    Layers layers =
        new Layers(flags, environment, file == null ? Map.of() : ConfigFile.read(file), file);
    return new Config(
        layers.store(),
        layers.paths(Setting.CLAUDE_HOME),
        layers.paths(Setting.REPOSITORY),
        layers.port(Setting.OTLP_GRPC_PORT),
        layers.port(Setting.OTLP_HTTP_PORT),
        layers.port(Setting.WEB_PORT),
        layers.given(Setting.AGENT_HOOK_PORT) ? layers.port(Setting.AGENT_HOOK_PORT) : null,
        layers.signature(Setting.CONTENT_MODE),
        layers.given(Setting.KEY_FILE) ? layers.path(Setting.KEY_FILE) : null,
        layers.patterns(Setting.EXCLUDE),
        layers.level(Setting.LOG_LEVEL));
  }

  /** The data directory; absolute. */
  public Path data() {
    return store.dataDir();
  }
}
