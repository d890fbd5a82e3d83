package dev.assay.web.interchange;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A strict reader of the Git AI Standard 3.0.0: every MUST of its section 1.2, as notes have it.
 */
final class NoteStandard {
  private static final Pattern ENTRY =
      Pattern.compile("  ([0-9a-f]{16}) ([1-9]\\d*(?:-[1-9]\\d*)?(?:,[1-9]\\d*(?:-[1-9]\\d*)?)*)");
  private static final Set<String> PROMPT =
      Set.of(
          "agent_id",
          "human_author",
          "messages_url",
          "total_additions",
          "total_deletions",
          "accepted_lines",
          "overriden_lines",
          "custom_attributes");

  private NoteStandard() {}

  /** The lines by path and session key. */
  static Map<String, Map<String, Set<Integer>>> read(String note, String commit) {
    List<String> lines = new ArrayList<>(List.of(note.split("\n", -1)));
    int divider = lines.indexOf("---");
    require(divider >= 0, "a divider", note);
    JsonNode metadata =
        new JsonMapper().readTree(String.join("\n", lines.subList(divider + 1, lines.size())));
    require(
        metadata.path("schema_version").asString("").equals("authorship/3.0.0"), "version", note);
    require(metadata.path("base_commit_sha").asString("").equals(commit), "base commit", note);
    require(metadata.path("prompts").isObject(), "prompts", note);
    Map<String, Map<String, Set<Integer>>> out = new LinkedHashMap<>();
    Map<String, Integer> accepted = new LinkedHashMap<>();
    String path = null;
    Map<String, Set<Integer>> entries = new LinkedHashMap<>();
    for (String line : lines.subList(0, divider)) {
      if (!line.startsWith(" ")) {
        require(path == null || !entries.isEmpty(), "a file has entries", note);
        boolean quoted = line.startsWith("\"") && line.endsWith("\"") && line.length() > 1;
        path = quoted ? line.substring(1, line.length() - 1) : line;
        require(!path.isEmpty() && path.indexOf('"') < 0, "a path", line);
        require(quoted == path.matches("(?Us).*[\\s\\h].*"), "quotes where there is a space", line);
        entries = new LinkedHashMap<>();
        require(out.put(path, entries) == null, "each file once", line);
        continue;
      }
      Matcher entry = ENTRY.matcher(line);
      require(entry.matches() && path != null, "an entry", line);
      TreeSet<Integer> numbers = new TreeSet<>();
      int before = 0;
      for (String range : entry.group(2).split(",", -1)) {
        String[] ends = range.split("-", -1);
        int from = Integer.parseInt(ends[0]);
        int to = Integer.parseInt(ends[ends.length - 1]);
        require(from > before && to >= from && (ends.length == 1 || to > from), "ranges", line);
        for (before = from; before < to; before++) {
          numbers.add(before);
        }
        numbers.add(to);
      }
      require(entries.put(entry.group(1), numbers) == null, "each key once", line);
      accepted.merge(entry.group(1), numbers.size(), Integer::sum);
    }
    require(
        new HashSet<>(metadata.path("prompts").propertyNames()).equals(accepted.keySet()),
        "a prompt for each key",
        note);
    accepted.forEach((key, count) -> prompt(metadata.path("prompts").path(key), count));
    return out;
  }

  private static void prompt(JsonNode prompt, int count) {
    String text = prompt.toString();
    prompt.propertyNames().forEach(name -> require(PROMPT.contains(name), name, text));
    require(!prompt.has("messages_url"), "no conversation can be looked up", text);
    for (String name : List.of("total_additions", "total_deletions", "overriden_lines")) {
      require(prompt.path(name).isInt() && prompt.path(name).asInt() >= 0, name, text);
    }
    require(prompt.path("accepted_lines").asInt(-1) == count, "accepted_lines", text);
    require(prompt.path("total_additions").asInt() >= count, "total_additions", text);
    JsonNode agent = prompt.path("agent_id");
    require(agent.path("tool").asString("").equals("claude"), "agent_id.tool", text);
    require(!agent.path("id").asString("").isEmpty(), "agent_id.id", text);
    require(!agent.path("model").asString("").isEmpty(), "agent_id.model", text);
    prompt
        .path("custom_attributes")
        .forEach(value -> require(value.isString(), "custom_attributes are strings", text));
  }

  private static void require(boolean holds, String rule, String where) {
    if (!holds) {
      throw new AssertionError(rule + ": " + where);
    }
  }
}
