package dev.assay.web.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The YAML file: values of the settings that its keys name, and sections for what has no flag. An
 * unknown key is refused.
 */
final class ConfigFile {
  /** A configuration file is written by hand. */
  static final long LIMIT_BYTES = 1 << 20;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final ConfigText text;
  private final Map<Setting, List<String>> values = new EnumMap<>(Setting.class);
  private final Map<String, ObjectNode> sections = new LinkedHashMap<>();

  private ConfigFile(ConfigText text) {
    this.text = text;
  }

  /** A file in which nothing stands. */
  static ConfigFile empty(Map<String, String> environment) {
    return new ConfigFile(new ConfigText(Path.of("none"), environment));
  }

  static ConfigFile read(Path file, Map<String, String> environment) throws ConfigException {
    ConfigFile config = new ConfigFile(new ConfigText(file, environment));
    JsonNode root = parse(file);
    if (!root.isMissingNode() && !root.isNull()) {
      config.walk("", root);
    }
    return config;
  }

  /** What the keys of settings say. */
  Map<Setting, List<String>> values() {
    return values;
  }

  /**
   * The keys of a section, besides those of settings; empty where it does not stand in the file.
   */
  Section section(String key) throws ConfigException {
    return new Section(key, sections.getOrDefault(key, NODES.objectNode()), text);
  }

  /** The components of a kind, in the file's order: {@code prefix}, {@code prefix/name} ... */
  List<Section> components(String... prefixes) throws ConfigException {
    List<Section> found = new ArrayList<>();
    for (String key : sections.keySet()) {
      int slash = key.indexOf('/');
      if (List.of(prefixes).contains(slash < 0 ? key : key.substring(0, slash))) {
        found.add(section(key));
      }
    }
    return found;
  }

  private static JsonNode parse(Path file) throws ConfigException {
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
    boolean section = Component.isSection(key);
    if (!key.isEmpty() && !section && !isPrefix(key + ".")) {
      throw new ConfigException("unknown key " + key + " in " + text.file() + nearest(key));
    }
    ObjectNode own = NODES.objectNode();
    if (section) {
      sections.put(key, own);
    }
    if (node.isNull()) {
      return; // a section that is named and left empty
    }
    if (!node.isObject()) {
      throw new ConfigException(
          (key.isEmpty() ? "--config" : key)
              + " ("
              + text.file()
              + "): expected keys, found "
              + ConfigText.said(node));
    }
    String inside = key.isEmpty() ? "" : key + ".";
    for (Map.Entry<String, JsonNode> property : node.properties()) {
      String child = inside + property.getKey();
      if (section && !isPrefix(child + ".") && Setting.ofKey(child).isEmpty()) {
        own.set(property.getKey(), property.getValue());
      } else {
        walk(child, property.getValue());
      }
    }
  }

  private List<String> texts(Setting setting, JsonNode node) throws ConfigException {
    List<String> texts = new ArrayList<>();
    if (setting.repeatable() && node.isArray()) {
      for (JsonNode element : node) {
        texts.add(value(setting, element));
      }
    } else {
      texts.add(value(setting, node));
    }
    return texts;
  }

  private String value(Setting setting, JsonNode node) throws ConfigException {
    if (!node.isValueNode() || node.isNull()) {
      throw new ConfigException(
          setting.key()
              + " ("
              + text.file()
              + "): expected "
              + setting.label()
              + ", found "
              + ConfigText.said(node));
    }
    return text.expanded(setting.key(), node.asString());
  }

  private static boolean isPrefix(String inside) {
    return known().stream().anyMatch(key -> key.startsWith(inside) || (key + ".").equals(inside));
  }

  /** The keys that stand where the unknown one stands. */
  private static String nearest(String key) {
    String parent = key.substring(0, key.lastIndexOf('.') + 1);
    Set<String> siblings = new TreeSet<>();
    for (String each : known()) {
      if (each.startsWith(parent)) {
        String rest = each.substring(parent.length());
        siblings.add(rest.contains(".") ? rest.substring(0, rest.indexOf('.')) : rest);
      }
    }
    return " (known there: " + String.join(", ", siblings) + ")";
  }

  private static List<String> known() {
    List<String> keys = new ArrayList<>(Component.KEYS);
    for (Setting setting : Setting.values()) {
      keys.add(setting.key());
    }
    return keys;
  }
}
