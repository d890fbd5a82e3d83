package dev.assay.web.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A stand-in for the model's Messages API on loopback. A request that offers the edit tools is
 * given the next turn of the script; any other (a title, a summary) is given one word. What it
 * bills is added up.
 */
final class ScriptedModel implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int CACHE_READ = 5000;
  private static final int CACHE_CREATION = 300;

  private final HttpServer server;
  private final List<List<Map<String, Object>>> turns;
  private final String run = Long.toString(System.currentTimeMillis(), 36);
  private int turn;
  private int responses;
  private long input;
  private long output;

  ScriptedModel(List<List<Map<String, Object>>> turns) throws IOException {
    this.turns = turns;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", this::answer);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What was billed so far, as the summary names it. */
  synchronized Map<String, Long> tokens() {
    return Map.of(
        "input",
        input,
        "output",
        output,
        "cacheRead",
        (long) CACHE_READ * responses,
        "cacheCreation",
        (long) CACHE_CREATION * responses);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getPath();
      if (path.equals("/v1/messages/count_tokens")) {
        send(exchange, "application/json", "{\"input_tokens\":10}");
      } else if (path.equals("/v1/messages")) {
        JsonNode request = JSON.readTree(body);
        Reply reply = reply(request);
        exchange.getResponseHeaders().set("request-id", "req_" + reply.id());
        if (request.path("stream").asBoolean(false)) {
          send(exchange, "text/event-stream", reply.events());
        } else {
          send(exchange, "application/json", JSON.writeValueAsString(reply.message(true)));
        }
      } else {
        exchange.sendResponseHeaders(exchange.getRequestMethod().equals("HEAD") ? 200 : 404, -1);
      }
    }
  }

  private synchronized Reply reply(JsonNode request) {
    boolean edits = false;
    for (JsonNode tool : request.path("tools")) {
      edits |= tool.path("name").asString("").equals("Edit");
    }
    responses++;
    List<Map<String, Object>> content = new ArrayList<>();
    if (edits) {
      for (Map<String, Object> block : turns.get(Math.min(turn, turns.size() - 1))) {
        content.add(block);
      }
      turn++;
    } else {
      content.add(Map.of("type", "text", "text", "ok"));
    }
    int inputTokens = 1200 + responses;
    int outputTokens = 150 + responses;
    input += inputTokens;
    output += outputTokens;
    return new Reply(
        run + String.format("%012d", responses),
        request.path("model").asString(""),
        content,
        inputTokens,
        outputTokens);
  }

  private static void send(HttpExchange exchange, String type, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(200, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }

  /** One response of the API, whole or as the events of a stream. */
  private record Reply(
      String id,
      String model,
      List<Map<String, Object>> content,
      int inputTokens,
      int outputTokens) {

    private String toolUseId(int block) {
      return ("toolu_" + id + block + "x".repeat(30)).substring(0, 30);
    }

    private boolean usesTools() {
      return content.stream().anyMatch(block -> "tool_use".equals(block.get("type")));
    }

    private Map<String, Object> usage(boolean done) {
      return Map.of(
          "input_tokens",
          inputTokens,
          "cache_creation_input_tokens",
          CACHE_CREATION,
          "cache_read_input_tokens",
          CACHE_READ,
          "output_tokens",
          done ? outputTokens : 1);
    }

    Map<String, Object> message(boolean done) {
      Map<String, Object> message = new LinkedHashMap<>();
      message.put("id", "msg_" + id);
      message.put("type", "message");
      message.put("role", "assistant");
      message.put("model", model);
      message.put("content", done ? blocks() : List.of());
      message.put("stop_reason", done ? stopReason() : null);
      message.put("stop_sequence", null);
      message.put("usage", usage(done));
      return message;
    }

    private String stopReason() {
      return usesTools() ? "tool_use" : "end_turn";
    }

    private List<Map<String, Object>> blocks() {
      List<Map<String, Object>> blocks = new ArrayList<>();
      for (int i = 0; i < content.size(); i++) {
        Map<String, Object> block = new LinkedHashMap<>(content.get(i));
        if ("tool_use".equals(block.get("type"))) {
          block.put("id", toolUseId(i));
        }
        blocks.add(block);
      }
      return blocks;
    }

    String events() {
      StringBuilder events = new StringBuilder();
      event(events, "message_start", Map.of("message", message(false)));
      for (int i = 0; i < content.size(); i++) {
        Map<String, Object> block = content.get(i);
        boolean text = "text".equals(block.get("type"));
        event(
            events,
            "content_block_start",
            Map.of(
                "index",
                i,
                "content_block",
                text
                    ? Map.of("type", "text", "text", "")
                    : Map.of(
                        "type",
                        "tool_use",
                        "id",
                        toolUseId(i),
                        "name",
                        String.valueOf(block.get("name")),
                        "input",
                        Map.of())));
        event(
            events,
            "content_block_delta",
            Map.of(
                "index",
                i,
                "delta",
                text
                    ? Map.of("type", "text_delta", "text", String.valueOf(block.get("text")))
                    : Map.of(
                        "type",
                        "input_json_delta",
                        "partial_json",
                        JSON.writeValueAsString(block.get("input")))));
        event(events, "content_block_stop", Map.of("index", i));
      }
      Map<String, Object> end = new LinkedHashMap<>();
      end.put("stop_reason", stopReason());
      end.put("stop_sequence", null);
      event(events, "message_delta", Map.of("delta", end, "usage", usage(true)));
      event(events, "message_stop", Map.of());
      return events.toString();
    }

    private static void event(StringBuilder events, String type, Map<String, Object> fields) {
      Map<String, Object> data = new LinkedHashMap<>(fields);
      data.put("type", type);
      events
          .append("event: ")
          .append(type)
          .append("\ndata: ")
          .append(JSON.writeValueAsString(data))
          .append("\n\n");
    }
  }
}
