package dev.assay.agent.capture;

import dev.assay.agent.capture.ToolOutput.EditOutput;
import dev.assay.agent.capture.ToolOutput.GitOutput;
import dev.assay.agent.capture.ToolOutput.NotebookCell;
import dev.assay.agent.capture.ToolOutput.PatchHunk;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads {@code toolUseResult} (and {@code tool_response} of a hook). Which tool it is of shows in
 * its members; texts that are not needed are skipped undecoded.
 */
final class ResultReader {
  private final byte[] bytes;
  private final int from;
  private @Nullable String path;
  private @Nullable String notebookPath;
  private @Nullable String kind;
  private @Nullable List<PatchHunk> patch;
  private boolean userModified;
  private boolean originalKnown;
  private int contentOffset = -1;
  private @Nullable String newSource;
  private @Nullable String oldSource;
  private @Nullable String editMode;
  private @Nullable String error;
  private @Nullable GitOutput git;

  private ResultReader(byte[] bytes, int from) {
    this.bytes = bytes;
    this.from = from;
  }

  /** The output; null where it is of no tool that matters. */
  static @Nullable ToolOutput read(JsonParser json, byte[] bytes, int from) {
    return new ResultReader(bytes, from).read(json);
  }

  private @Nullable ToolOutput read(JsonParser json) {
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      JsonToken token = json.nextToken();
      switch (name) {
        case "filePath" -> path = Json.text(json, token);
        case "notebook_path" -> notebookPath = Json.text(json, token);
        case "type" -> kind = Json.text(json, token);
        case "structuredPatch" -> patch = readPatch(json, token);
        case "userModified" -> userModified = token == JsonToken.VALUE_TRUE;
        case "originalFile", "originalFileContents" -> {
          originalKnown = token == JsonToken.VALUE_STRING;
          json.skipChildren();
        }
        case "content" -> {
          contentOffset = token == JsonToken.VALUE_STRING ? Json.offset(json, from) : -1;
          json.skipChildren();
        }
        case "new_source" -> newSource = Json.text(json, token);
        case "old_source" -> oldSource = Json.text(json, token);
        case "edit_mode" -> editMode = Json.text(json, token);
        case "error" -> error = Json.text(json, token);
        case "gitOperation" -> git = readGit(json, token);
        default -> json.skipChildren();
      }
    }
    return output();
  }

  private @Nullable ToolOutput output() {
    if (git != null) {
      return git;
    }
    if (notebookPath != null && newSource != null) {
      NotebookCell cell =
          new NotebookCell(newSource, oldSource, editMode == null ? "replace" : editMode, error);
      return new EditOutput(notebookPath, kind, List.of(), null, false, userModified, cell);
    }
    if (path == null || (patch == null && contentOffset < 0)) {
      return null;
    }
    List<PatchHunk> hunks = patch == null ? List.of() : patch;
    boolean newFile = hunks.isEmpty() && !originalKnown && !"update".equals(kind);
    String content = newFile && contentOffset >= 0 ? content() : null;
    return new EditOutput(
        path, kind, hunks, content, newFile && content != null, userModified, null);
  }

  private String content() {
    try (JsonParser json = RecordReader.parser(bytes, contentOffset, bytes.length)) {
      json.nextToken();
      return json.getString();
    }
  }

  private static @Nullable List<PatchHunk> readPatch(JsonParser json, JsonToken token) {
    if (token != JsonToken.START_ARRAY) {
      json.skipChildren();
      return null;
    }
    List<PatchHunk> hunks = new ArrayList<>();
    for (JsonToken hunk = json.nextToken(); hunk != JsonToken.END_ARRAY; hunk = json.nextToken()) {
      if (hunk == JsonToken.START_OBJECT) {
        hunks.add(readHunk(json));
      } else {
        json.skipChildren();
      }
    }
    return hunks;
  }

  private static PatchHunk readHunk(JsonParser json) {
    long newStart = 0;
    List<String> lines = new ArrayList<>();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      JsonToken token = json.nextToken();
      if (name.equals("newStart")) {
        newStart = Json.count(json, token);
      } else if (name.equals("lines") && token == JsonToken.START_ARRAY) {
        for (JsonToken line = json.nextToken();
            line != JsonToken.END_ARRAY;
            line = json.nextToken()) {
          if (line == JsonToken.VALUE_STRING) {
            lines.add(json.getString());
          } else {
            json.skipChildren();
          }
        }
      } else {
        json.skipChildren();
      }
    }
    return new PatchHunk((int) Math.min(newStart, Integer.MAX_VALUE), lines);
  }

  private static @Nullable GitOutput readGit(JsonParser json, JsonToken token) {
    if (token != JsonToken.START_OBJECT) {
      json.skipChildren();
      return null;
    }
    String commit = null;
    String branch = null;
    boolean pushed = false;
    String url = null;
    String action = null;
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        json.skipChildren();
        continue;
      }
      pushed |= name.equals("push");
      for (String member = json.nextName(); member != null; member = json.nextName()) {
        String text = Json.text(json, json.nextToken());
        switch (name + "." + member) {
          case "commit.sha" -> commit = text;
          case "commit.branch", "push.branch" -> branch = text;
          case "pr.url" -> url = text;
          case "pr.action" -> action = text;
          default -> {}
        }
      }
    }
    return new GitOutput(commit, pushed, branch, url, action);
  }
}
