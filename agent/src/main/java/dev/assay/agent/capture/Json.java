package dev.assay.agent.capture;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads a value whose type the transcripts do not promise. */
final class Json {
  private Json() {}

  /** The text; null for any other value, which is skipped. */
  static @Nullable String text(JsonParser json, JsonToken token) {
    if (token == JsonToken.VALUE_STRING) {
      return json.getString();
    }
    json.skipChildren();
    return null;
  }

  /** The number; 0 for any other value, which is skipped. */
  static long count(JsonParser json, JsonToken token) {
    if (token == JsonToken.VALUE_NUMBER_INT) {
      return Math.max(0, json.getLongValue());
    }
    if (token == JsonToken.VALUE_NUMBER_FLOAT) {
      return Math.max(0, (long) json.getDoubleValue());
    }
    json.skipChildren();
    return 0;
  }

  /** Byte offset of the current token in the array that the parser reads. */
  static int offset(JsonParser json, int from) {
    return from + (int) json.currentTokenLocation().getByteOffset();
  }
}
