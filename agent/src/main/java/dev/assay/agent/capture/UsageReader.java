package dev.assay.agent.capture;

import dev.assay.agent.capture.TranscriptRecord.TokenUsage;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads {@code message.usage}. */
final class UsageReader {
  private UsageReader() {}

  static Counts read(JsonParser json) {
    Counts counts = new Counts();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      JsonToken token = json.nextToken();
      switch (name) {
        case "input_tokens" -> counts.input = Json.count(json, token);
        case "output_tokens" -> counts.output = Json.count(json, token);
        case "cache_read_input_tokens" -> counts.cacheRead = Json.count(json, token);
        case "cache_creation_input_tokens" -> counts.cacheCreation = Json.count(json, token);
        case "speed" -> counts.speed = Json.text(json, token);
        case "inference_geo" -> counts.inferenceGeo = Json.text(json, token);
        case "cache_creation" -> {
          if (token == JsonToken.START_OBJECT) {
            readSplit(json, counts);
          }
        }
        case "server_tool_use" -> {
          if (token == JsonToken.START_OBJECT) {
            readServerTools(json, counts);
          }
        }
        default -> json.skipChildren();
      }
    }
    return counts;
  }

  private static void readSplit(JsonParser json, Counts counts) {
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      JsonToken token = json.nextToken();
      switch (name) {
        case "ephemeral_5m_input_tokens" -> counts.cacheCreation5m = Json.count(json, token);
        case "ephemeral_1h_input_tokens" -> counts.cacheCreation1h = Json.count(json, token);
        default -> json.skipChildren();
      }
    }
  }

  private static void readServerTools(JsonParser json, Counts counts) {
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      JsonToken token = json.nextToken();
      if (name.equals("web_search_requests")) {
        counts.webSearches = Json.count(json, token);
      } else {
        json.skipChildren();
      }
    }
  }

  /** The counts while they are read. */
  static final class Counts {
    private long input;
    private long output;
    private long cacheRead;
    private long cacheCreation;
    private long cacheCreation5m;
    private long cacheCreation1h;
    private long webSearches;
    private @Nullable String speed;
    private @Nullable String inferenceGeo;

    TokenUsage with(@Nullable Double costUsd) {
      // Some clients report 0 in spite of their own split (mended in 2.1.152).
      long created = cacheCreation == 0 ? cacheCreation5m + cacheCreation1h : cacheCreation;
      return new TokenUsage(
          input,
          output,
          cacheRead,
          created,
          cacheCreation5m,
          cacheCreation1h,
          webSearches,
          speed,
          inferenceGeo,
          costUsd);
    }
  }
}
