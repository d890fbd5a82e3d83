package dev.assay.web.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The file that says which addresses, logins and account ids are one person: under the name to show
 * a list of the others. Upper and lower case are one.
 */
final class Aliases {
  /** Some hundred thousand names. */
  static final long LIMIT_BYTES = 8 << 20;

  private Aliases() {}

  /**
   * Reads the file.
   *
   * @throws ConfigException for the first mistake
   */
  static Map<String, Set<String>> read(Path file) throws ConfigException {
    String where = Setting.ALIASES_FILE.key() + ": " + file + ": ";
    JsonNode root = parse(where, file);
    if (root.isMissingNode() || root.isNull()) {
      return Map.of();
    }
    if (!root.isObject()) {
      throw new ConfigException(where + "expected people, found " + ConfigText.said(root));
    }
    Map<String, Set<String>> people = new LinkedHashMap<>();
    Map<String, String> owners = new HashMap<>();
    for (Map.Entry<String, JsonNode> entry : root.properties()) {
      String person = entry.getKey().trim();
      if (!entry.getValue().isArray()) {
        throw new ConfigException(
            where + person + ": expected a list, found " + ConfigText.said(entry.getValue()));
      }
      Set<String> names = people.computeIfAbsent(person, p -> new LinkedHashSet<>());
      own(where, owners, person, person);
      for (JsonNode value : entry.getValue()) {
        if (!value.isValueNode() || value.isNull()) {
          throw new ConfigException(
              where + person + ": expected a name, found " + ConfigText.said(value));
        }
        String name = value.asString().trim();
        own(where, owners, name, person);
        names.add(name);
      }
    }
    return people;
  }

  /** One name is one person. */
  private static void own(String where, Map<String, String> owners, String name, String person)
      throws ConfigException {
    if (name.isEmpty()) {
      throw new ConfigException(where + (person.isEmpty() ? "a name" : person) + " is empty");
    }
    String other = owners.put(name.toLowerCase(Locale.ROOT), person);
    if (other != null && !other.equals(person)) {
      throw new ConfigException(where + name + " stands for both " + other + " and " + person);
    }
  }

  private static JsonNode parse(String where, Path file) throws ConfigException {
    YAMLFactory yaml =
        YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    try {
      long bytes = Files.size(file);
      if (bytes > LIMIT_BYTES) {
        throw new ConfigException(where + bytes + " bytes; at most " + LIMIT_BYTES + " are read");
      }
      return YAMLMapper.builder(yaml).build().readTree(Files.readString(file));
    } catch (IOException e) {
      throw new ConfigException(
          where + (Files.exists(file) ? "cannot be read: " + e.getMessage() : "is not there"));
    } catch (JacksonException e) {
      String line = String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
      throw new ConfigException(where + "is no YAML: " + line);
    }
  }
}
