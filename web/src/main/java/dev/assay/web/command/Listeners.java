package dev.assay.web.command;

import dev.assay.receiver.access.RateLimit;
import dev.assay.receiver.access.Tokens;
import dev.assay.receiver.otlp.OtlpOptions;
import dev.assay.receiver.tls.ServerTls;
import dev.assay.receiver.tls.TlsFiles;
import dev.assay.web.WebOptions;
import dev.assay.web.config.Access;
import dev.assay.web.config.Config;
import dev.assay.web.config.ConfigException;
import dev.assay.web.config.Listener;
import dev.assay.web.status.ServerStatus;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where the configuration says to listen, and whom to let in. */
final class Listeners {
  private Listeners() {}

  /**
   * The tokens; null where none are configured.
   *
   * @throws ConfigException where their file cannot be used
   */
  static @Nullable Tokens tokens(Config config) throws ConfigException {
    Access access = config.access();
    if (access.tokensFile() == null) {
      return null;
    }
    try {
      return Tokens.open(
          access.tokensFile(),
          new RateLimit(access.requestsPerSecond(), access.burst()),
          System::nanoTime);
    } catch (IOException e) {
      throw new ConfigException("--tokens-file: " + e.getMessage());
    }
  }

  static OtlpOptions otlp(Config config, @Nullable Tokens tokens) {
    return new OtlpOptions(
        listen(config.otlpGrpc()),
        listen(config.otlpHttp()),
        config.access().allowedHosts(),
        tokens,
        config.otlpLimits().endpoints());
  }

  private static OtlpOptions.Listen listen(Listener listener) {
    return new OtlpOptions.Listen(
        listener.host(),
        listener.port(),
        listener.tls(),
        listener.authenticated(),
        listener.limitMessageBytes());
  }

  /** What to tell of them, once the real ports are known. */
  static ServerStatus status(Config config, int webPort, int otlpGrpcPort, int otlpHttpPort) {
    return new ServerStatus(
        ProcessHandle.current().pid(),
        config.web().place(webPort),
        config.otlpGrpc().place(otlpGrpcPort),
        config.otlpHttp().place(otlpHttpPort));
  }

  static WebOptions web(Config config, @Nullable Tokens tokens, Parts parts) throws IOException {
    Listener listener = config.web();
    TlsFiles files = listener.tls();
    return new WebOptions(
        listener.host(),
        listener.port(),
        config.access().allowedHosts(),
        listener.authenticated() ? tokens : null,
        files == null
            ? null
            : parts.started("certificate", ServerTls.open(files, "exporters.dashboard.tls")));
  }
}
