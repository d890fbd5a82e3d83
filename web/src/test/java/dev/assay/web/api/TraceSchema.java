package dev.assay.web.api;

import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * The rules of the Agent Trace specification 0.1.0 (its JSON schema, and the text around it), each
 * written out. Stricter than the schema where the text is: 40 hex digits, {@code provider/model},
 * one-based ranges that do not overlap, relative paths.
 */
public final class TraceSchema {
  private static final Set<String> RECORD =
      Set.of("version", "id", "timestamp", "vcs", "tool", "files", "metadata");
  private static final Set<String> TYPES = Set.of("human", "ai", "mixed", "unknown");
  private final List<String> problems = new ArrayList<>();

  private TraceSchema() {}

  /** What a record does wrong; nothing where it is right. */
  public static List<String> problems(JsonNode record) {
    TraceSchema schema = new TraceSchema();
    schema.record(record);
    return schema.problems;
  }

  private void rule(boolean holds, String rule, JsonNode node) {
    if (!holds) {
      problems.add(rule + ": " + node);
    }
  }

  private void text(JsonNode node, String pattern, String rule) {
    rule(node.isString() && node.asString().matches(pattern), rule, node);
  }

  private void only(JsonNode node, Set<String> names) {
    rule(node.isObject(), "is an object", node);
    node.propertyNames().forEach(name -> rule(names.contains(name), "unknown " + name, node));
  }

  private void record(JsonNode record) {
    only(record, RECORD);
    text(record.path("version"), "[0-9]+\\.[0-9]+\\.[0-9]+", "version");
    text(record.path("id"), "[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}", "id is a uuid");
    rule(UUID.fromString(record.path("id").asString()).version() > 0, "id", record.path("id"));
    try {
      OffsetDateTime.parse(record.path("timestamp").asString());
    } catch (DateTimeParseException e) {
      problems.add("timestamp: " + e.getMessage());
    }
    only(record.path("vcs"), Set.of("type", "revision"));
    text(record.path("vcs").path("type"), "git|jj|hg|svn", "vcs.type");
    text(record.path("vcs").path("revision"), "[0-9a-f]{40}", "vcs.revision");
    if (record.has("tool")) {
      only(record.path("tool"), Set.of("name", "version"));
      text(record.path("tool").path("name"), ".+", "tool.name");
      text(record.path("tool").path("version"), ".+", "tool.version");
    }
    rule(record.path("files").isArray(), "files", record);
    record.path("files").forEach(this::file);
    rule(record.path("metadata").isObject(), "metadata", record);
  }

  private void file(JsonNode file) {
    only(file, Set.of("path", "conversations"));
    text(file.path("path"), "[^/].*", "path is relative");
    rule(!file.path("conversations").isEmpty(), "conversations", file);
    for (JsonNode conversation : file.path("conversations")) {
      only(conversation, Set.of("url", "contributor", "ranges", "related"));
      rule(!conversation.has("url"), "no url: no conversation can be looked up", conversation);
      contributor(conversation.path("contributor"));
      int before = 0;
      rule(!conversation.path("ranges").isEmpty(), "ranges", conversation);
      for (JsonNode range : conversation.path("ranges")) {
        only(range, Set.of("start_line", "end_line", "content_hash", "contributor"));
        int start = range.path("start_line").asInt();
        int end = range.path("end_line").asInt();
        rule(start > before && end >= start, "ranges ascend from 1", range);
        before = end;
        if (range.has("contributor")) {
          contributor(range.path("contributor"));
        }
      }
      for (JsonNode related : conversation.path("related")) {
        only(related, Set.of("type", "url"));
        text(related.path("url"), "[a-z][a-z0-9+.-]*:[!-~]+", "related.url is a URI");
      }
    }
  }

  private void contributor(JsonNode contributor) {
    only(contributor, Set.of("type", "model_id"));
    rule(TYPES.contains(contributor.path("type").asString()), "contributor.type", contributor);
    if (contributor.has("model_id")) {
      text(contributor.path("model_id"), "[a-z0-9-]+/.{1,200}", "model_id");
    }
  }
}
