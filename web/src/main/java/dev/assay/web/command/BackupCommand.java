package dev.assay.web.command;

import dev.assay.store.Backup;
import dev.assay.store.Store;
import dev.assay.store.StoreUnavailableException;
import dev.assay.store.Stores;
import dev.assay.web.backup.BackupOrder;
import dev.assay.web.backup.BackupOrder.Made;
import dev.assay.web.config.Config;
import dev.assay.web.config.ConfigException;
import dev.assay.web.config.Setting;
import dev.assay.web.status.ServerStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Copies the data of a server, running or not. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    versionProvider = Commands.Version.class,
    sortOptions = false,
    description =
        "Copies everything that is kept into a new directory, while the server runs, or without"
            + " one. What was acknowledged before is in it.",
    footer = {
      "",
      "Examples:",
      "  assay backup --to /backup/assay-2026-11-23",
      "  assay backup --data /srv/assay --to /backup/assay-$(date +%%F)"
    })
final class BackupCommand implements Callable<Integer> {
  static final Set<Setting> SETTINGS = Collections.unmodifiableSet(EnumSet.of(Setting.DATA));

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      required = true,
      description = "Where it goes, on this machine: a directory that is empty or not there.")
  private Path to = Path.of(".");

  @Override
  public Integer call() throws ConfigException, CommandFailedException, InterruptedException {
    Config config = ConfigOptions.read(spec);
    Made made = ServerStatus.ofRunning(config.data()).isPresent() ? ordered(config) : own(config);
    spec.commandLine()
        .getOut()
        .println(made.directory() + ": " + made.bytes() + " bytes, as of " + made.madeAt());
    return ExitCode.OK;
  }

  private Made ordered(Config config) throws CommandFailedException, InterruptedException {
    try {
      return BackupOrder.place(
          config.data(), to, () -> ServerStatus.ofRunning(config.data()).isPresent());
    } catch (IOException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  private Made own(Config config) throws CommandFailedException, ConfigException {
    if (!Files.isDirectory(config.data())) {
      throw new CommandFailedException(
          "there is no data directory " + config.data() + "; name another with --data");
    }
    try (Store store = Stores.open(config.storeOfPeople())) {
      Backup made = store.backup(to);
      return new Made(made.directory(), made.madeAt(), made.bytes());
    } catch (StoreUnavailableException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    }
  }
}
