package dev.assay.web.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeType;

/**
 * Single values of a configuration file. As in the Collector's, <code>${env:NAME}</code> stands for
 * a variable of the environment, so that a secret need not stand in the file, and <code>
 * ${env:NAME:-text}</code> for one with a default.
 *
 * @param environment of the process
 */
record ConfigText(Path file, Map<String, String> environment) {
  private static final Pattern VARIABLE =
      Pattern.compile("\\$\\{env:([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?}");

  /**
   * A scalar.
   *
   * @throws ConfigException where it is none, or names a variable that is not set
   */
  String of(String key, JsonNode node) throws ConfigException {
    if (!node.isValueNode() || node.isNull()) {
      throw new ConfigException(key + " (" + file + "): expected one value, found " + said(node));
    }
    return expanded(key, node.asString());
  }

  String expanded(String key, String value) throws ConfigException {
    Matcher matcher = VARIABLE.matcher(value);
    StringBuilder text = new StringBuilder();
    while (matcher.find()) {
      String otherwise = matcher.group(2);
      String set = environment.get(matcher.group(1));
      if (set == null && otherwise == null) {
        throw new ConfigException(
            key + " (" + file + "): the variable " + matcher.group(1) + " is not set");
      }
      matcher.appendReplacement(
          text, Matcher.quoteReplacement(set != null ? set : String.valueOf(otherwise)));
    }
    return matcher.appendTail(text).toString();
  }

  String withHome(String value) {
    boolean inHome = value.equals("~") || value.startsWith("~/");
    return inHome
        ? environment.getOrDefault("HOME", System.getProperty("user.home")) + value.substring(1)
        : value;
  }

  /** What stands there, for a refusal. */
  static String said(JsonNode node) {
    if (node.getNodeType() == JsonNodeType.OBJECT) {
      return "keys";
    }
    if (node.getNodeType() == JsonNodeType.ARRAY) {
      return "a list";
    }
    return node.isNull() || node.isMissingNode() ? "nothing" : "'" + node.asString() + "'";
  }
}
