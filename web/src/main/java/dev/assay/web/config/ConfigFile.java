package dev.assay.web.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeType;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The YAML file, as values of the settings that its keys name. An unknown key is refused. */
final class ConfigFile {
  /** A configuration file is written by hand. */
  static final long LIMIT_BYTES = 1 << 20;

  private final Path file;
  private final Map<Setting, List<String>> values = new EnumMap<>(Setting.class);

  private ConfigFile(Path file) {
    this.file = file;
  }

  static Map<Setting, List<String>> read(Path file) throws ConfigException {
    ConfigFile config = new ConfigFile(file);
    JsonNode root = config.parse();
    if (!root.isMissingNode() && !root.isNull()) {
      config.walk("", root);
    }
    return config.values;
  }

  private JsonNode parse() throws ConfigException {
    YAMLMapper mapper =
        YAMLMapper.builder(
                YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
            .build();
    try {
      long bytes = Files.size(file);
      if (bytes > LIMIT_BYTES) {
        throw new ConfigException(
            "--config: " + file + " has " + bytes + " bytes; at most " + LIMIT_BYTES + " are read");
      }
      return mapper.readTree(Files.readString(file));
    } catch (IOException e) {
      throw new ConfigException(
          Files.exists(file)
              ? "--config: " + file + " cannot be read: " + e.getMessage()
              : "--config: there is no file " + file);
    } catch (JacksonException e) {
      String line = String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
      int number = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw new ConfigException(
          "--config: "
              + file
              + " is no YAML: "
              + line
              + (number > 0 ? " (line " + number + ")" : ""));
    }
  }

  private void walk(String key, JsonNode node) throws ConfigException {
    Setting setting = Setting.ofKey(key).orElse(null);
    if (setting != null) {
      values.put(setting, texts(setting, node));
      return;
    }
    String inside = key.isEmpty() ? "" : key + ".";
    boolean known = key.isEmpty() || isPrefix(inside);
    if (!known) {
      throw new ConfigException("unknown key " + key + " in " + file + nearest(key));
    }
    if (node.isNull()) {
      return; // a section that is named and left empty
    }
    if (!node.isObject()) {
      throw new ConfigException(
          (key.isEmpty() ? "--config" : key)
              + " ("
              + file
              + "): expected keys, found "
              + said(node));
    }
    for (Map.Entry<String, JsonNode> property : node.properties()) {
      walk(inside + property.getKey(), property.getValue());
    }
  }

  private List<String> texts(Setting setting, JsonNode node) throws ConfigException {
    List<String> texts = new ArrayList<>();
    if (setting.repeatable() && node.isArray()) {
      for (JsonNode element : node) {
        texts.add(text(setting, element));
      }
    } else {
      texts.add(text(setting, node));
    }
    return texts;
  }

  private String text(Setting setting, JsonNode node) throws ConfigException {
    if (!node.isValueNode() || node.isNull()) {
      throw new ConfigException(
          setting.key() + " (" + file + "): expected " + setting.label() + ", found " + said(node));
    }
    return node.asString();
  }

  private static boolean isPrefix(String inside) {
    for (Setting setting : Setting.values()) {
      if (setting.key().startsWith(inside)) {
        return true;
      }
    }
    return false;
  }

  /** The keys that stand where the unknown one stands. */
  private static String nearest(String key) {
    String parent = key.substring(0, key.lastIndexOf('.') + 1);
    List<String> siblings = new ArrayList<>();
    for (Setting setting : Setting.values()) {
      if (setting.key().startsWith(parent)) {
        String rest = setting.key().substring(parent.length());
        String name = rest.contains(".") ? rest.substring(0, rest.indexOf('.')) : rest;
        if (!siblings.contains(name)) {
          siblings.add(name);
        }
      }
    }
    return " (known there: " + String.join(", ", siblings) + ")";
  }

  private static String said(JsonNode node) {
    if (node.getNodeType() == JsonNodeType.OBJECT) {
      return "keys";
    }
    if (node.getNodeType() == JsonNodeType.ARRAY) {
      return "a list";
    }
    return node.isNull() ? "nothing" : "'" + node.asString() + "'";
  }
}
