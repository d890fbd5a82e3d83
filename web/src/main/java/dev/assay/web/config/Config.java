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
 * @param otlpGrpc where OTLP over gRPC is received
 * @param otlpHttp where OTLP over HTTP is received
 * @param otlpLimits what both of them take at one time
 * @param web where dashboard and API are served
 * @param agentHookPort 0 takes a free one; null: the agent's own default, if it is free
 * @param access who may come in
 * @param signature whether lines travel and are kept in content mode {@code signature}
 * @param keyFile the organisation's keys; null where there are none
 * @param exclude files and directories that are left out besides the standard ones
 * @param excludeMarkers texts in the head of files that are left out, besides the standard ones
 * @param aliasesFile who is one person; null where nothing tells
 * @param pipelines what is done to each signal besides storing it
 * @param metricsReaders where Assay's own metrics go besides {@code /metrics}
 * @param logLevel one of error, warn, info, debug, trace
 */
public record Config(
    StoreOptions store,
    List<Path> claudeHomes,
    List<Path> repositories,
    Listener otlpGrpc,
    Listener otlpHttp,
    OtlpLimits otlpLimits,
    Listener web,
    @Nullable Integer agentHookPort,
    Access access,
    boolean signature,
    @Nullable Path keyFile,
    List<String> exclude,
    List<String> excludeMarkers,
    @Nullable Path aliasesFile,
    Pipelines pipelines,
    List<MetricsReader> metricsReaders,
    String logLevel) {
  public Config {
    claudeHomes = List.copyOf(claudeHomes);
    repositories = List.copyOf(repositories);
    exclude = List.copyOf(exclude);
    excludeMarkers = List.copyOf(excludeMarkers);
    metricsReaders = List.copyOf(metricsReaders);
  }

  /**
   * Reads what was told.
   *
   * @param flags the values of the flags that were given
   * @param environment of the process
   * @param path the configuration file; null where there is none
   * @throws ConfigException for the first mistake
   */
  public static Config resolve(
      Map<Setting, List<String>> flags, Map<String, String> environment, @Nullable Path path)
      throws ConfigException {
    ConfigFile file =
        path == null ? ConfigFile.empty(environment) : ConfigFile.read(path, environment);
    Layers layers = new Layers(flags, environment, file.values(), path);
    boolean tokens = layers.given(Setting.TOKENS_FILE);
    Section grpcKeys = file.section("receivers.otlp.protocols.grpc");
    Section httpKeys = file.section("receivers.otlp.protocols.http");
    OtlpLimits limits = OtlpLimits.read(grpcKeys, httpKeys, file.section("receivers.otlp.limits"));
    Listener grpc = layers.listener(Setting.OTLP_GRPC_PORT).with(grpcKeys, tokens);
    Listener http = layers.listener(Setting.OTLP_HTTP_PORT).with(httpKeys, tokens);
    Config config =
        new Config(
            layers.store(),
            layers.paths(Setting.CLAUDE_HOME),
            layers.paths(Setting.REPOSITORY),
            grpc,
            http,
            limits.holding(grpc, http),
            layers.listener(Setting.WEB_PORT).with(file.section("exporters.dashboard"), tokens),
            layers.given(Setting.AGENT_HOOK_PORT)
                ? layers.loopbackPort(Setting.AGENT_HOOK_PORT)
                : null,
            Access.read(
                tokens ? layers.path(Setting.TOKENS_FILE) : null,
                layers.hosts(Setting.ALLOWED_HOST),
                file.section("extensions.bearertokenauth")),
            layers.signature(Setting.CONTENT_MODE),
            layers.given(Setting.KEY_FILE) ? layers.path(Setting.KEY_FILE) : null,
            layers.patterns(Setting.EXCLUDE),
            layers.markers(Setting.EXCLUDE_MARKER),
            layers.given(Setting.ALIASES_FILE) ? layers.path(Setting.ALIASES_FILE) : null,
            Pipelines.read(file),
            MetricsReader.readAll(file.section("service.telemetry.metrics")),
            layers.level(Setting.LOG_LEVEL));
    Section service = file.section("service");
    for (String extension : service.texts("extensions")) {
      if (!extension.equals("bearertokenauth")) {
        throw new ConfigException(
            "service.extensions (" + path + "): '" + extension + "' is not bearertokenauth");
      }
      if (!tokens) {
        throw new ConfigException(
            "service.extensions ("
                + path
                + "): 'bearertokenauth' does not stand under extensions with a filename");
      }
    }
    service.done();
    apart(Setting.OTLP_HTTP_PORT, config.otlpHttp, Setting.OTLP_GRPC_PORT, config.otlpGrpc);
    apart(Setting.WEB_PORT, config.web, Setting.OTLP_GRPC_PORT, config.otlpGrpc);
    apart(Setting.WEB_PORT, config.web, Setting.OTLP_HTTP_PORT, config.otlpHttp);
    return config;
  }

  private static void apart(Setting one, Listener its, Setting other, Listener others)
      throws ConfigException {
    if (its.port() != 0 && its.port() == others.port() && its.host().equals(others.host())) {
      throw new ConfigException(
          one.flag() + ": port " + its.port() + " is that of " + other.flag() + " too");
    }
  }

  /**
   * The store's options with the people of the aliases file, which is read now.
   *
   * @throws ConfigException for the first mistake in that file
   */
  public StoreOptions storeOfPeople() throws ConfigException {
    return aliasesFile == null ? store : store.withAliases(Aliases.read(aliasesFile));
  }

  /** Whether there are tokens, but no listener asks for one: on loopback it must be told to. */
  public boolean tokensUnasked() {
    return access.tokensFile() != null
        && !otlpGrpc.authenticated()
        && !otlpHttp.authenticated()
        && !web.authenticated();
  }

  /** The data directory; absolute. */
  public Path data() {
    return store.dataDir();
  }
}
