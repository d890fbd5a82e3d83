package dev.assay.agent.capture;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads again what Claude proposed, from the line that asked for the tool: needed only where a
 * person changed a proposal before accepting it.
 */
public final class ProposalReader {
  private ProposalReader() {}

  /**
   * The new texts of the proposal: one for each replacement.
   *
   * @throws IOException where the transcript no longer has the line, or it is another one
   */
  public static List<String> read(Path transcript, Pending pending, String toolUseId)
      throws IOException {
    byte[] line = new byte[Math.min(pending.lineBytes(), LineReader.LIMIT_LINE_BYTES)];
    try (FileChannel channel = FileChannel.open(transcript, StandardOpenOption.READ)) {
      ByteBuffer into = ByteBuffer.wrap(line);
      while (into.hasRemaining()) {
        if (channel.read(into, pending.lineOffset() + into.position()) < 0) {
          throw new EOFException(transcript + " ends before the proposal");
        }
      }
    }
    List<String> texts = new ArrayList<>();
    boolean[] found = {false};
    try (JsonParser json = RecordReader.parser(line, 0, line.length)) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token == JsonToken.PROPERTY_NAME && json.currentName().equals("content")) {
          if (json.nextToken() == JsonToken.START_ARRAY) {
            blocks(json, toolUseId, texts, found);
          } else {
            json.skipChildren();
          }
        }
      }
    } catch (JacksonException another) {
      throw new IOException(transcript + " has another line where the proposal was", another);
    }
    if (!found[0]) {
      throw new IOException(transcript + " has another line where the proposal was");
    }
    return texts;
  }

  private static void blocks(
      JsonParser json, String toolUseId, List<String> texts, boolean[] found) {
    while (json.nextToken() == JsonToken.START_OBJECT) {
      List<String> own = new ArrayList<>();
      boolean mine = false;
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        JsonToken token = json.nextToken();
        if (name.equals("id")) {
          mine = toolUseId.equals(Json.text(json, token));
        } else if (name.equals("input") && token == JsonToken.START_OBJECT) {
          newTexts(json, own);
        } else {
          json.skipChildren();
        }
      }
      if (mine) {
        found[0] = true;
        texts.addAll(own);
      }
    }
  }

  /** Of an input, and of the members of MultiEdit's {@code edits}. */
  private static void newTexts(JsonParser json, List<String> texts) {
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      JsonToken token = json.nextToken();
      switch (name) {
        case "new_string", "content", "new_source" -> {
          String text = Json.text(json, token);
          if (text != null) {
            texts.add(text);
          }
        }
        case "edits" -> {
          while (token == JsonToken.START_ARRAY && json.nextToken() == JsonToken.START_OBJECT) {
            newTexts(json, texts);
          }
        }
        default -> json.skipChildren();
      }
    }
  }
}
