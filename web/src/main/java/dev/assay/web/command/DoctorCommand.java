package dev.assay.web.command;

import dev.assay.web.config.ConfigException;
import dev.assay.web.config.Setting;
import dev.assay.web.doctor.Doctor;
import dev.assay.web.doctor.Finding;
import java.io.PrintWriter;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says what is configured, what arrives and what is missing. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    versionProvider = Commands.Version.class,
    sortOptions = false,
    description =
        "What is configured, what arrives, what is missing, and how to mend it; with or without a"
            + " server that runs.",
    footer = {
      "",
      "Examples:",
      "  assay doctor",
      "  assay doctor --data /srv/assay",
      "  assay doctor --server https://assay.example.com:8443 --token-file ~/.config/assay-read"
    })
final class DoctorCommand implements Callable<Integer> {
  static final Set<Setting> SETTINGS = Collections.unmodifiableSet(EnumSet.allOf(Setting.class));

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Mixin private final ServerOptions server = new ServerOptions();

  @Override
  public Integer call() throws ConfigException, InterruptedException {
    List<Finding> findings =
        new Doctor(ConfigOptions.read(spec), server::find, System.getenv()).examine();
    PrintWriter out = spec.commandLine().getOut();
    int toMend = 0;
    for (Finding finding : findings) {
      out.printf("%-5s %-17s %s%n", word(finding.level()), finding.subject(), finding.text());
      if (finding.mend() != null) {
        out.printf("%-5s %-17s -> %s%n", "", "", finding.mend());
      }
      toMend += finding.level() == Finding.Level.MEND ? 1 : 0;
    }
    out.println();
    out.println(toMend == 0 ? "Nothing is amiss." : toMend + " to mend.");
    out.flush();
    return toMend == 0 ? ExitCode.OK : ExitCode.FAILED;
  }

  private static String word(Finding.Level level) {
    return switch (level) {
      case OK -> "ok";
      case NOTE -> "note";
      case MEND -> "MEND";
    };
  }
}
