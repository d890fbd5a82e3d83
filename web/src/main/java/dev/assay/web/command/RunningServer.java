package dev.assay.web.command;

import dev.assay.proto.signature.Keyring;
import dev.assay.receiver.access.Tokens;
import dev.assay.receiver.attribution.Rules;
import dev.assay.receiver.follow.FollowOptions;
import dev.assay.receiver.follow.Follower;
import dev.assay.receiver.forward.Forwarder;
import dev.assay.receiver.interpret.Interpreter;
import dev.assay.receiver.otlp.OtlpReceiver;
import dev.assay.store.Store;
import dev.assay.store.StoreUnavailableException;
import dev.assay.store.Stores;
import dev.assay.web.WebServer;
import dev.assay.web.backup.BackupDesk;
import dev.assay.web.config.Config;
import dev.assay.web.config.ConfigException;
import dev.assay.web.metrics.Metrics;
import dev.assay.web.status.Checkouts;
import dev.assay.web.status.ServerStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** The server: its start list. The stop list is the same, backwards. */
final class RunningServer {
  /** What was accepted is committed within this; a sender that is cut off sends again. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final ServerStatus status;
  private final ServerProgress progress;

  private RunningServer(ServerStatus status, ServerProgress progress) {
    this.status = status;
    this.progress = progress;
  }

  static RunningServer start(Config config, Parts parts)
      throws CommandFailedException, ConfigException {
    Clock clock = Clock.systemUTC();
    Keyring keyring = LineKeys.of(config);
    try {
      Tokens tokens = Listeners.tokens(config);
      Metrics metrics = parts.started("metrics", new Metrics(Forwarding.readers(config)));
      Store store = parts.started("store", Stores.open(config.storeOfPeople()));
      Forwarder forwarder =
          new Forwarder(Forwarding.of(config), metrics.meter("dev.assay.receiver.forward"), clock);
      forwarder.start();
      parts.started("forwarder", () -> forwarder.shutdown(GRACE));
      OtlpReceiver receiver =
          new OtlpReceiver(
              Listeners.otlp(config, tokens),
              Redacting.of(config, keyring, metrics.meter("dev.assay.receiver.redaction")),
              new Interpreter(LineKeys.signing(config, keyring), config.otlpLimits().series()),
              store,
              forwarder,
              metrics.meter("dev.assay.receiver.otlp"),
              clock);
      receiver.start();
      parts.started("receiver", () -> receiver.shutdown(GRACE));
      Follower follower =
          parts.started(
              "follower",
              new Follower(
                  store,
                  directories(config),
                  Rules.standard().excluding(config.exclude(), config.excludeMarkers()),
                  FollowOptions.standard()
                      .withLineRetention(Duration.ofDays(config.store().lineRetentionDays()))
                      .withKeyring(keyring)
                      .withLimits(metrics.limits()),
                  clock));
      metrics.observe(follower::progress, clock);
      ServerProgress progress = new ServerProgress(config.data(), store, follower);
      WebServer web =
          new WebServer(
              Listeners.web(config, tokens, parts),
              store,
              progress::now,
              new FollowedDiffs(follower),
              metrics,
              clock);
      web.start();
      parts.started("dashboard", web::shutdown);
      follower.start();
      parts.started("backups", BackupDesk.open(config.data(), store));
      ServerStatus status =
          Listeners.status(config, web.port(), receiver.grpcPort(), receiver.httpPort());
      status.write(config.data());
      parts.started("server.json", () -> ServerStatus.remove(config.data()));
      return new RunningServer(status, progress);
    } catch (StoreUnavailableException | IOException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  /** What was named, else the checkouts that sessions worked in, as the agent tells them. */
  private static Supplier<List<Path>> directories(Config config) {
    List<Path> named = config.repositories();
    return named.isEmpty() ? new Checkouts(config.data())::folders : () -> named;
  }

  /** Where it listens. */
  ServerStatus status() {
    return status;
  }

  /** How far its long work is. */
  ServerProgress progress() {
    return progress;
  }
}
