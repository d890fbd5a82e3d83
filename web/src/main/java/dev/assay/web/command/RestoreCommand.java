package dev.assay.web.command;

import dev.assay.store.Backup;
import dev.assay.store.StoreUnavailableException;
import dev.assay.store.Stores;
import dev.assay.web.config.Config;
import dev.assay.web.config.ConfigException;
import dev.assay.web.config.Setting;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a data directory of a backup. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    versionProvider = Commands.Version.class,
    sortOptions = false,
    description =
        "Makes a data directory of a backup. Each file is compared with the backup's list first; a"
            + " directory that has something is refused.",
    footer = {"", "Examples:", "  assay restore --from /backup/assay-2026-11-23 --data /srv/assay"})
final class RestoreCommand implements Callable<Integer> {
  static final Set<Setting> SETTINGS = Collections.unmodifiableSet(EnumSet.of(Setting.DATA));

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Option(
      names = "--from",
      paramLabel = "DIR",
      required = true,
      description = "What assay backup made.")
  private Path from = Path.of(".");

  @Override
  public Integer call() throws ConfigException, CommandFailedException {
    Config config = ConfigOptions.read(spec);
    try {
      Backup restored = Stores.restore(from, config.data());
      spec.commandLine()
          .getOut()
          .println(
              config.data()
                  + ": "
                  + restored.bytes()
                  + " bytes, as of "
                  + restored.madeAt()
                  + "; the line index is built at the first start");
      return ExitCode.OK;
    } catch (StoreUnavailableException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    }
  }
}
