package dev.assay.web.command;

import dev.assay.web.config.Config;
import dev.assay.web.config.ConfigException;
import dev.assay.web.config.Setting;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The settings' table as options of a command, and back. */
final class ConfigOptions {
  private static final String CONFIG = "--config";

  private ConfigOptions() {}

  /** Adds the flags of these settings, and {@code --config}. */
  static void addTo(CommandSpec spec, Set<Setting> settings) {
    for (Setting setting : settings) {
      String otherwise = setting.defaultText();
      spec.addOption(
          OptionSpec.builder(setting.flag())
              .paramLabel(setting.label())
              .type(setting.repeatable() ? List.class : String.class)
              .auxiliaryTypes(String.class)
              .description(
                  escaped(setting.description())
                      + (otherwise == null ? "" : " Default: " + otherwise + "."))
              .build());
    }
    spec.addOption(
        OptionSpec.builder(CONFIG)
            .paramLabel("FILE")
            .type(Path.class)
            .description("A YAML configuration file; docs/operations.md lists its keys.")
            .build());
  }

  /** What flags, environment and file say together. */
  static Config read(CommandSpec spec) throws ConfigException {
    ParseResult parsed = spec.commandLine().getParseResult();
    Map<Setting, List<String>> flags = new EnumMap<>(Setting.class);
    for (Setting setting : Setting.values()) {
      if (!parsed.hasMatchedOption(setting.flag())) {
        continue;
      }
      flags.put(
          setting,
          setting.repeatable()
              ? parsed.<List<String>>matchedOptionValue(setting.flag(), List.of())
              : List.of(parsed.<String>matchedOptionValue(setting.flag(), "")));
    }
    return Config.resolve(flags, System.getenv(), parsed.matchedOptionValue(CONFIG, null));
  }

  private static String escaped(String text) {
    return text.replace("$", "$$").replace("%", "%%").replace("@", "@@");
  }
}
