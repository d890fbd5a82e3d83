package dev.assay.web.config;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Keys of the file that belong together and have no flag: a component with a name, or a block such
 * as {@code tls}. Its reader asks for each key that it knows and then calls {@link #done}, which
 * refuses what nobody asked for.
 */
final class Section {
  private static final int MAX_PORT = 65_535;

  private final String key;
  private final JsonNode node;
  private final ConfigText text;
  private final Set<String> asked = new TreeSet<>();

  /**
   * @param node an object, or nothing
   * @throws ConfigException where it is anything else
   */
  Section(String key, JsonNode node, ConfigText text) throws ConfigException {
    this.key = key;
    this.node = node;
    this.text = text;
    if (!node.isObject() && !node.isNull() && !node.isMissingNode()) {
      throw new ConfigException(
          key + " (" + text.file() + "): expected keys, found " + ConfigText.said(node));
    }
  }

  /** Its full key. */
  String key() {
    return key;
  }

  boolean has(String name) {
    asked.add(name);
    JsonNode value = node.path(name);
    return !value.isMissingNode() && !value.isNull();
  }

  /** The keys that it has, in the file's order. */
  List<String> names() {
    return node.properties().stream().map(Map.Entry::getKey).toList();
  }

  /** A block in it, which is empty where it does not stand in the file. */
  Section section(String name) throws ConfigException {
    asked.add(name);
    return new Section(key + "." + name, node.path(name), text);
  }

  /** The blocks of a list. */
  List<Section> sections(String name) throws ConfigException {
    List<Section> sections = new ArrayList<>();
    for (JsonNode element : list(name)) {
      sections.add(new Section(key + "." + name + "[" + sections.size() + "]", element, text));
    }
    return sections;
  }

  String text(String name, String otherwise) throws ConfigException {
    return has(name) ? value(name) : otherwise;
  }

  String required(String name) throws ConfigException {
    if (!has(name)) {
      throw new ConfigException(key + "." + name + " (" + text.file() + ") is missing");
    }
    return value(name);
  }

  @Nullable String optional(String name) throws ConfigException {
    return has(name) ? value(name) : null;
  }

  List<String> texts(String name) throws ConfigException {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : list(name)) {
      texts.add(text.of(key + "." + name, element));
    }
    return texts;
  }

  /** The headers of an exporter, under names that the user chooses. */
  Map<String, String> headers(String name) throws ConfigException {
    Section values = section(name);
    Map<String, String> headers = new LinkedHashMap<>();
    for (String each : values.names()) {
      Headers.check(values.key + "." + each, each, values.value(each));
      headers.put(each, values.value(each));
    }
    return headers;
  }

  boolean flag(String name, boolean otherwise) throws ConfigException {
    String value = text(name, Boolean.toString(otherwise));
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw refused(name, "is neither true nor false");
    };
  }

  long whole(String name, long otherwise, long least, long most) throws ConfigException {
    if (!has(name)) {
      return otherwise;
    }
    try {
      long value = Long.parseLong(value(name));
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // refused below, as one out of bounds is
    }
    throw refused(name, "is no whole number from " + least + " to " + most);
  }

  double number(String name, double otherwise, double least, double most) throws ConfigException {
    if (!has(name)) {
      return otherwise;
    }
    try {
      double value = Double.parseDouble(value(name));
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // refused below, as one out of bounds is
    }
    throw refused(name, "is no number from " + least + " to " + most);
  }

  /** As the Collector writes it: {@code 250ms}, {@code 5s}, {@code 1m30s}, {@code 1h}. */
  Duration duration(String name, Duration otherwise, Duration least, Duration most)
      throws ConfigException {
    if (!has(name)) {
      return otherwise;
    }
    Duration value = Durations.parse(value(name));
    if (value == null) {
      throw refused(name, "is no duration such as 500ms, 5s, 1m30s or 1h");
    }
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw refused(
          name, "is out of bounds: " + Durations.print(least) + " to " + Durations.print(most));
    }
    return value;
  }

  String oneOf(String name, String otherwise, String... known) throws ConfigException {
    String value = text(name, otherwise);
    if (!List.of(known).contains(value)) {
      throw refused(name, "is none of " + String.join(", ", known));
    }
    return value;
  }

  @Nullable Path path(String name) throws ConfigException {
    if (!has(name)) {
      return null;
    }
    try {
      String value = text.withHome(value(name));
      if (value.isBlank()) {
        throw refused(name, "names no file");
      }
      return Path.of(value).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw refused(name, "is no path: " + e.getReason());
    }
  }

  /**
   * An address with a scheme.
   *
   * @param scheme the one to put before a bare {@code host:port}
   */
  URI address(String name, String scheme) throws ConfigException {
    String value = required(name);
    try {
      URI uri = URI.create(value.contains("://") ? value : scheme + "://" + value);
      boolean known = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (uri.getRawUserInfo() != null) {
        // Not shown: it may hold a secret.
        throw new ConfigException(
            key + "." + name + " (" + text.file() + "): names a user; use headers instead");
      }
      boolean port = uri.getPort() == -1 || (uri.getPort() > 0 && uri.getPort() <= MAX_PORT);
      boolean plain = uri.getRawQuery() == null && uri.getRawFragment() == null;
      if (known && uri.getHost() != null && port && plain) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // refused below
    }
    throw refused(name, "is no address such as https://collector.example:4318");
  }

  Pattern pattern(String name) throws ConfigException {
    return pattern(name, required(name));
  }

  List<Pattern> patterns(String name) throws ConfigException {
    List<Pattern> patterns = new ArrayList<>();
    for (String value : texts(name)) {
      patterns.add(pattern(name, value));
    }
    return patterns;
  }

  private Pattern pattern(String name, String value) throws ConfigException {
    try {
      return Pattern.compile(value);
    } catch (PatternSyntaxException e) {
      throw new ConfigException(
          key
              + "."
              + name
              + " ("
              + text.file()
              + "): '"
              + value
              + "' is no regular expression: "
              + e.getDescription());
    }
  }

  /** The refusal of a value; one that does not stand there is the default's. */
  ConfigException refused(String name, String why) throws ConfigException {
    return new ConfigException(
        key
            + "."
            + name
            + " ("
            + text.file()
            + "): "
            + (has(name) ? "'" + value(name) + "' " : "its default ")
            + why);
  }

  /** Refuses the first key that nobody asked for. */
  void done() throws ConfigException {
    for (String name : names()) {
      if (!asked.contains(name)) {
        throw new ConfigException(
            "unknown key "
                + key
                + "."
                + name
                + " in "
                + text.file()
                + " (known there: "
                + String.join(", ", asked)
                + ")");
      }
    }
  }

  private String value(String name) throws ConfigException {
    return text.of(key + "." + name, node.path(name));
  }

  private List<JsonNode> list(String name) throws ConfigException {
    if (!has(name)) {
      return List.of();
    }
    JsonNode value = node.path(name);
    if (!value.isArray()) {
      throw new ConfigException(
          key
              + "."
              + name
              + " ("
              + text.file()
              + "): expected a list, found "
              + ConfigText.said(value));
    }
    return value.valueStream().toList();
  }
}
