package dev.assay.bench.accuracy.transcript;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One session, growing record by record, in the shape of one client version. */
public final class Transcript {
  static final JsonMapper JSON = JsonMapper.shared();

  private final Client client;
  private final String sessionId;
  private final Path cwd;
  private final String entrypoint;
  private final Random random;
  private final List<ObjectNode> records = new ArrayList<>();
  private Instant now;
  private @Nullable String parent;
  private String promptId = "";
  private int uses;

  /**
   * A session that starts a while before {@code start}.
   *
   * @param cwd where the session works: a checkout or a folder in it
   * @param start time of the first record
   */
  public Transcript(Client client, Path cwd, Instant start, Random random) {
    this.client = client;
    this.cwd = cwd;
    this.now = start;
    this.random = random;
    this.sessionId = uuid();
    this.entrypoint = random.nextInt(3) == 0 ? "sdk-cli" : "cli";
    prompt("Please make the change that we talked about");
  }

  /** The version that writes this session. */
  public Client client() {
    return client;
  }

  /** The folder of the session. */
  public Path cwd() {
    return cwd;
  }

  String sessionId() {
    return sessionId;
  }

  /** The time of the last record. */
  public Instant now() {
    return now;
  }

  /** Lets time pass, so that what follows happens at {@code when}; never backwards. */
  public void waitUntil(Instant when) {
    if (when.isAfter(now)) {
      now = when;
    }
  }

  /** Something typed by the user. */
  public void prompt(String text) {
    promptId = uuid();
    ObjectNode row = row("user");
    row.set("message", message("user").put("content", text));
    row.put("permissionMode", "default");
    if (client != Client.V1_0_53) {
      row.put("promptSource", entrypoint.equals("cli") ? "typed" : "sdk");
    }
    if (client == Client.V2_1_330) {
      ObjectNode last = JSON.createObjectNode();
      last.put("type", "last-prompt").put("lastPrompt", text).put("sessionId", sessionId);
      records.add(last);
    }
  }

  /** A tool use and its answer; gives the tool use's id. */
  String use(String tool, ObjectNode input, Answer answer) {
    uses++;
    String tail = String.format("%08x%012d", sessionId.hashCode(), uses);
    String id = "toolu_" + tail;
    if (uses == 1 && client != Client.V1_0_53) {
      assistant(tail, block("text").put("text", "I will make the change."));
    }
    ObjectNode call = block("tool_use").put("id", id).put("name", tool);
    call.set("input", input);
    assistant(tail, call);
    String asked = parent == null ? "" : parent;
    noise();
    now = now.plusMillis(40 + random.nextInt(900));
    ObjectNode row = row("user");
    ObjectNode result = block("tool_result").put("tool_use_id", id);
    result.put("content", answer.text());
    if (answer.error()) {
      result.put("is_error", true);
    }
    ArrayNode content = JSON.createArrayNode().add(result);
    row.set("message", message("user").set("content", content));
    row.set("toolUseResult", answer.result());
    if (client != Client.V1_0_53) {
      row.put("sourceToolAssistantUUID", asked);
    }
    answer.marks().forEach(row::set);
    if (client == Client.V2_1_330 && !answer.error()) {
      ObjectNode decision = JSON.createObjectNode().put("decision", "accept");
      row.set("permissionDecision", decision.put("source", "config").put("reasonType", "mode"));
    }
    return id;
  }

  /** What a user types to stop the model. */
  void interruptedByUser() {
    ObjectNode row = row("user");
    ObjectNode text = block("text").put("text", "[Request interrupted by user for tool use]");
    row.set("message", message("user").set("content", JSON.createArrayNode().add(text)));
  }

  List<ObjectNode> records() {
    return records;
  }

  String uuid() {
    long high = (random.nextLong() & 0xffffffffffff0fffL) | 0x4000L;
    long low = (random.nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
    return new UUID(high, low).toString();
  }

  private void assistant(String tail, ObjectNode block) {
    ObjectNode row = row("assistant");
    ObjectNode usage = JSON.createObjectNode();
    usage.put("input_tokens", 1200 + uses).put("cache_creation_input_tokens", 300);
    usage.put("cache_read_input_tokens", 5000).put("output_tokens", 150 + uses);
    usage.put("service_tier", "standard");
    ObjectNode message = message("assistant").put("id", "msg_" + tail).put("type", "message");
    message.put("model", client.model()).set("content", JSON.createArrayNode().add(block));
    message.put("stop_reason", "tool_use").putNull("stop_sequence").set("usage", usage);
    row.put("requestId", "req_" + tail).set("message", message);
    if (client == Client.V2_1_330) {
      row.put("effort", "medium").put("madeBy", "model").put("requestedModel", client.model());
    }
  }

  /** Records of other types that stand between those that matter. */
  private void noise() {
    if (client == Client.V2_1_330) {
      ObjectNode blob = JSON.createObjectNode().put("type", "api-request-blob");
      blob.put("sessionId", sessionId).put("hash", "lorem ipsum");
      blob.set("message", message("user").put("content", "lorem ipsum ".repeat(50)));
      records.add(blob);
      records.add(JSON.createObjectNode().put("type", "tools-used").put("sessionId", sessionId));
    }
    if (client == Client.V2_1_197 && uses % 4 == 0) {
      ObjectNode attachment = JSON.createObjectNode().put("type", "hook_success");
      row("attachment").set("attachment", attachment.put("hookName", "PostToolUse:Edit"));
    }
  }

  private ObjectNode row(String type) {
    now = now.plusMillis(500 + random.nextInt(4000));
    ObjectNode row = JSON.createObjectNode();
    row.put("parentUuid", parent).put("isSidechain", false);
    if (type.equals("user") && client != Client.V1_0_53) {
      row.put("promptId", promptId);
    }
    parent = uuid();
    row.put("type", type).put("uuid", parent).put("timestamp", stamp(now));
    row.put("userType", "external");
    if (client != Client.V1_0_53) {
      row.put("entrypoint", entrypoint);
    }
    row.put("cwd", cwd.toString()).put("sessionId", sessionId);
    row.put("version", client.version()).put("gitBranch", "feature");
    records.add(row);
    return row;
  }

  private static String stamp(Instant when) {
    String text = when.truncatedTo(java.time.temporal.ChronoUnit.MILLIS).toString();
    return text.contains(".") ? text : text.replace("Z", ".000Z");
  }

  private static ObjectNode message(String role) {
    return JSON.createObjectNode().put("role", role);
  }

  private static ObjectNode block(String type) {
    return JSON.createObjectNode().put("type", type);
  }
}
