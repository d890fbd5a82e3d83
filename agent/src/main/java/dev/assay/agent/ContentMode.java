package dev.assay.agent;

import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** In what form the lines of edits travel. */
final class ContentMode {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  @Option(
      names = "--content-mode",
      paramLabel = "MODE",
      defaultValue = "text",
      description =
          "In what form the lines of edits travel: 'text'. ('signature', without source text, is"
              + " not in this version.)")
  private String mode = "text";

  /** Refuses what this version cannot do, before anything is read. */
  void check() {
    switch (mode.toLowerCase(Locale.ROOT)) {
      case "text" -> {}
      case "signature" ->
          throw new ParameterException(
              command.commandLine(),
              "--content-mode signature is not in this version: lines can travel as text only."
                  + " Nothing was read and nothing was sent.");
      default ->
          throw new ParameterException(
              command.commandLine(),
              "--content-mode: '" + mode + "' is neither text nor signature");
    }
  }
}
