package dev.assay.agent.capture;

import dev.assay.agent.capture.TranscriptRecord.ToolUse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads {@code message}: ids, usage, and which tools are asked for or answer. */
final class MessageReader {
  /** Error texts are judged by their beginning. */
  private static final int LIMIT_ERROR_CHARS = 400;

  private MessageReader() {}

  static void read(JsonParser json, RecordReader.Draft draft) {
    Message message = new Message();
    draft.message = message;
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      JsonToken token = json.nextToken();
      switch (name) {
        case "id" -> message.id = Json.text(json, token);
        case "model" -> message.model = Json.text(json, token);
        case "content" -> {
          if (token == JsonToken.START_ARRAY) {
            readBlocks(json, draft, message);
          } else {
            json.skipChildren();
          }
        }
        case "usage" -> {
          if (token == JsonToken.START_OBJECT) {
            message.usage = UsageReader.read(json);
          } else {
            json.skipChildren();
          }
        }
        default -> json.skipChildren();
      }
    }
  }

  private static void readBlocks(JsonParser json, RecordReader.Draft draft, Message message) {
    for (JsonToken token = json.nextToken();
        token != JsonToken.END_ARRAY;
        token = json.nextToken()) {
      if (token == JsonToken.START_OBJECT) {
        readBlock(json, draft, message);
      } else {
        json.skipChildren();
      }
    }
  }

  private static void readBlock(JsonParser json, RecordReader.Draft draft, Message message) {
    String type = null;
    String id = null;
    String tool = null;
    String path = null;
    String answers = null;
    boolean error = false;
    int content = -1;
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      JsonToken token = json.nextToken();
      switch (name) {
        case "type" -> type = Json.text(json, token);
        case "id" -> id = Json.text(json, token);
        case "name" -> tool = Json.text(json, token);
        case "tool_use_id" -> answers = Json.text(json, token);
        case "is_error" -> error = token == JsonToken.VALUE_TRUE;
        case "input" -> path = readPath(json, token);
        case "content" -> {
          content = Json.offset(json, draft.from);
          json.skipChildren();
        }
        default -> json.skipChildren();
      }
    }
    if ("tool_use".equals(type) && id != null && tool != null) {
      message.toolUses.add(new ToolUse(id, tool, path));
    } else if ("tool_result".equals(type) && answers != null && message.answeredToolUse == null) {
      message.answeredToolUse = answers;
      message.error = error;
      message.contentOffset = content;
    }
  }

  private static @Nullable String readPath(JsonParser json, JsonToken token) {
    if (token != JsonToken.START_OBJECT) {
      json.skipChildren();
      return null;
    }
    String path = null;
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      JsonToken value = json.nextToken();
      if (name.equals("file_path") || name.equals("notebook_path")) {
        path = Json.text(json, value);
      } else {
        json.skipChildren();
      }
    }
    return path;
  }

  /** What was read of a message. */
  static final class Message {
    final List<ToolUse> toolUses = new ArrayList<>(1);
    @Nullable String id;
    @Nullable String model;
    UsageReader.@Nullable Counts usage;
    @Nullable String answeredToolUse;
    boolean error;
    private int contentOffset = -1;

    /** The beginning of what the model was told; empty where it was told nothing. */
    String errorText(byte[] bytes, int from) {
      if (contentOffset < from) {
        return "";
      }
      try (JsonParser json = RecordReader.parser(bytes, contentOffset, bytes.length)) {
        JsonToken token = json.nextToken();
        if (token == JsonToken.VALUE_STRING) {
          return beginning(json.getString());
        }
        while (token == JsonToken.START_ARRAY || token == JsonToken.END_OBJECT) {
          if (json.nextToken() != JsonToken.START_OBJECT) {
            return "";
          }
          for (String name = json.nextName(); name != null; name = json.nextName()) {
            JsonToken value = json.nextToken();
            if (name.equals("text") && value == JsonToken.VALUE_STRING) {
              return beginning(json.getString());
            }
            json.skipChildren();
          }
          token = json.currentToken();
        }
        return "";
      }
    }

    private static String beginning(String text) {
      return text.substring(0, Math.min(text.length(), LIMIT_ERROR_CHARS));
    }
  }
}
