package dev.assay.web.cases;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * One session of Claude Code that changes files of a checkout and writes its transcript as the
 * client of testdata/captures/claude-code-2.1.330 does.
 */
final class Session {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String REFUSED =
      "The user doesn't want to proceed with this tool use. The tool use was rejected (eg. if it was"
          + " a file edit, the new_string was NOT written to the file). STOP what you are doing and"
          + " wait for the user to tell you how to proceed.";

  private final String id;
  private final Path home;
  private final Path cwd;
  private @Nullable String agent;
  private Instant time = World.MERGED.minus(Duration.ofDays(1));
  private int uses;

  Session(String id, Path home, Path cwd) {
    this.id = id;
    this.home = home;
    this.cwd = cwd;
  }

  /** When the next edit is applied. */
  Session at(Instant applied) {
    time = applied;
    return this;
  }

  /** From now on a subagent of the session works, with a transcript of its own. */
  Session subagent(String name) {
    agent = name;
    return this;
  }

  /** Reads a file. */
  Session read(String path) throws IOException {
    String content = text(path);
    String use = propose("Read", Map.of("file_path", file(path)));
    return answer(
        use,
        null,
        Map.of(
            "type",
            "text",
            "file",
            Map.of(
                "filePath", file(path), "content", content, "numLines", content.lines().count())),
        Map.of());
  }

  /** Writes a file that was not there. */
  Session write(String path, String content) throws IOException {
    String use = propose("Write", Map.of("file_path", file(path), "content", content));
    put(path, content);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("type", "create");
    result.put("filePath", file(path));
    result.put("content", content);
    result.put("structuredPatch", List.of());
    result.put("originalFile", null);
    result.put("userModified", false);
    return answer(use, null, result, accepted());
  }

  /** Replaces a text in a file, once or everywhere. */
  Session edit(String path, String before, String after) throws IOException {
    return edit(path, before, after, after, false, false);
  }

  Session replaceAll(String path, String before, String after) throws IOException {
    return edit(path, before, after, after, false, true);
  }

  /** A person changed the proposal before accepting it. */
  Session editModified(String path, String before, String proposed, String applied)
      throws IOException {
    return edit(path, before, proposed, applied, true, false);
  }

  private Session edit(
      String path, String before, String proposed, String applied, boolean modified, boolean all)
      throws IOException {
    String use = propose("Edit", input(path, before, proposed, all));
    String old = text(path);
    int at = old.indexOf(before);
    if (at < 0) {
      throw new IllegalArgumentException(path + " has no such text: " + before);
    }
    String now =
        all
            ? old.replace(before, applied)
            : old.substring(0, at) + applied + old.substring(at + before.length());
    put(path, now);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("filePath", file(path));
    result.put("oldString", before);
    result.put("newString", applied);
    result.put("originalFile", old);
    result.put("structuredPatch", patch(old, now));
    result.put("userModified", modified);
    result.put("replaceAll", all);
    return answer(use, null, result, accepted());
  }

  private Map<String, Object> input(String path, String before, String after, boolean all) {
    return Map.of(
        "replace_all", all, "file_path", file(path), "old_string", before, "new_string", after);
  }

  /** A person refused the edit. */
  Session rejected(String path, String before, String after) throws IOException {
    String use = propose("Edit", input(path, before, after, false));
    return answer(
        use,
        REFUSED,
        "User rejected tool use",
        Map.of("toolDenialKind", "user-rejected", "toolDenialBeforeRun", true));
  }

  /** The edit did not fit the file. */
  Session failed(String path, String before, String after) throws IOException {
    String use = propose("Edit", input(path, before, after, false));
    return answer(
        use,
        "<tool_use_error>String to replace not found in file.</tool_use_error>",
        "Error: String to replace not found in file.",
        Map.of());
  }

  /** A person pressed escape while the model was still writing: there is no result. */
  Session interrupted(String path, String before, String after) throws IOException {
    propose("Edit", input(path, before, after, false));
    return this;
  }

  /**
   * Replaces a cell of a notebook.
   *
   * @param updated the whole file as the client leaves it
   */
  Session cell(String path, String before, String after, String updated) throws IOException {
    String use =
        propose(
            "NotebookEdit",
            Map.of(
                "notebook_path",
                file(path),
                "cell_id",
                "cell-1",
                "new_source",
                after,
                "edit_mode",
                "replace"));
    String old = text(path);
    put(path, updated);
    return answer(
        use,
        null,
        Map.of(
            "new_source",
            after,
            "old_source",
            before,
            "cell_type",
            "code",
            "language",
            "python",
            "edit_mode",
            "replace",
            "cell_id",
            "cell-1",
            "error",
            "",
            "notebook_path",
            file(path),
            "original_file",
            old,
            "updated_file",
            updated),
        accepted());
  }

  /** Another session that begins with a copy of all records of this one. */
  Session fork(String newId) throws IOException {
    String copied =
        Files.readString(transcript())
            .replace(
                "\"isSidechain\"", "\"forkedFrom\":{\"sessionId\":\"" + id + "\"},\"isSidechain\"")
            .replace(
                "\"sessionId\":\"" + id + "\",\"version\"",
                "\"sessionId\":\"" + newId + "\",\"version\"");
    Session fork = new Session(newId, home, cwd);
    fork.uses = uses;
    fork.time = time;
    Files.writeString(fork.transcript(), copied);
    return fork;
  }

  private static List<Map<String, Object>> patch(String before, String after) {
    List<String> old = lines(before);
    List<String> unified =
        UnifiedDiffUtils.generateUnifiedDiff("a", "b", old, DiffUtils.diff(old, lines(after)), 3);
    List<Map<String, Object>> hunks = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (String line : unified.subList(Math.min(2, unified.size()), unified.size())) {
      if (line.startsWith("@@")) {
        String[] at = line.replaceAll("[^0-9 ,]", "").strip().split("[ ,]+", -1);
        lines = new ArrayList<>();
        hunks.add(
            Map.of(
                "oldStart", Integer.parseInt(at[0]),
                "oldLines", Integer.parseInt(at[1]),
                "newStart", Integer.parseInt(at[2]),
                "newLines", Integer.parseInt(at[3]),
                "lines", lines));
      } else {
        lines.add(line);
      }
    }
    return hunks;
  }

  private static List<String> lines(String text) {
    String whole = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    return text.isEmpty() ? List.of() : List.of(whole.split("\n", -1));
  }

  private static Map<String, Object> accepted() {
    return Map.of("permissionDecision", Map.of("decision", "accept", "source", "config"));
  }

  private String file(String path) {
    return cwd.resolve(path).normalize().toString();
  }

  private String text(String path) throws IOException {
    return Files.readString(cwd.resolve(path));
  }

  private void put(String path, String content) throws IOException {
    Path file = cwd.resolve(path).normalize();
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private String propose(String tool, Map<String, Object> input) throws IOException {
    String use = "toolu_" + id.substring(0, 4) + (agent == null ? "" : agent) + "_" + ++uses;
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("id", "msg_" + use);
    message.put("type", "message");
    message.put("role", "assistant");
    message.put("model", "claude-opus-5-5");
    message.put(
        "content", List.of(Map.of("type", "tool_use", "id", use, "name", tool, "input", input)));
    message.put("usage", Map.of("input_tokens", 1201, "output_tokens", 151));
    record(
        "assistant", time.minusMillis(40), Map.of("message", message, "requestId", "req_" + use));
    return use;
  }

  private Session answer(String use, @Nullable String error, Object result, Map<String, ?> more)
      throws IOException {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("tool_use_id", use);
    content.put("type", "tool_result");
    content.put("content", error == null ? "done" : error);
    if (error != null) {
      content.put("is_error", true);
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("message", Map.of("role", "user", "content", List.of(content)));
    fields.put("toolUseResult", result);
    fields.putAll(more);
    record("user", time, fields);
    time = time.plusSeconds(60);
    return this;
  }

  private void record(String type, Instant when, Map<String, ?> fields) throws IOException {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("parentUuid", null);
    record.put("isSidechain", agent != null);
    if (agent != null) {
      record.put("agentId", agent);
    }
    record.putAll(fields);
    record.put("type", type);
    record.put(
        "uuid",
        UUID.nameUUIDFromBytes((type + uses + agent + id).getBytes(StandardCharsets.UTF_8))
            .toString());
    record.put("timestamp", DateTimeFormatter.ISO_INSTANT.format(when));
    record.put("userType", "external");
    record.put("entrypoint", "cli");
    record.put("cwd", cwd.toString());
    record.put("sessionId", id);
    record.put("version", "2.1.330");
    record.put("gitBranch", "main");
    Files.writeString(
        transcript(),
        JSON.writeValueAsString(record) + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private Path transcript() throws IOException {
    Path project = home.resolve("projects").resolve(cwd.toString().replaceAll("[^A-Za-z0-9]", "-"));
    Path file =
        agent == null
            ? project.resolve(id + ".jsonl")
            : project.resolve(id).resolve("subagents").resolve("agent-" + agent + ".jsonl");
    Files.createDirectories(file.getParent());
    return file;
  }
}
