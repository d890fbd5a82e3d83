package dev.assay.agent.capture;

import dev.assay.agent.capture.ToolOutput.EditOutput;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads the JSON that Claude Code gives to a hook. Proposals, prompts and commands are skipped. */
public final class HookReader {
  private HookReader() {}

  /**
   * Reads a hook's input.
   *
   * @return null where it is of another event, or of a tool that edits nothing
   * @throws MalformedException where it is not JSON
   */
  public static @Nullable HookRecord read(byte[] body) throws MalformedException {
    String event = null;
    String session = null;
    String cwd = null;
    String tool = null;
    String toolUseId = null;
    ToolOutput output = null;
    try (JsonParser json = RecordReader.parser(body, 0, body.length)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedException("a hook's input is a JSON object");
      }
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        JsonToken token = json.nextToken();
        switch (name) {
          case "hook_event_name" -> event = Json.text(json, token);
          case "session_id" -> session = Json.text(json, token);
          case "cwd" -> cwd = Json.text(json, token);
          case "tool_name" -> tool = Json.text(json, token);
          case "tool_use_id" -> toolUseId = Json.text(json, token);
          case "tool_response" -> {
            if (token == JsonToken.START_OBJECT) {
              output = ResultReader.read(json, body, 0);
            }
          }
          default -> json.skipChildren();
        }
      }
    } catch (JacksonException malformed) {
      throw new MalformedException("a hook's input that is not JSON");
    }
    if (!"PostToolUse".equals(event) || session == null || tool == null || toolUseId == null) {
      return null;
    }
    return output instanceof EditOutput edit
        ? new HookRecord(session, cwd, tool, toolUseId, edit)
        : null;
  }

  /** The input is none of a hook's. */
  public static final class MalformedException extends Exception {
    MalformedException(String message) {
      super(message);
    }
  }
}
