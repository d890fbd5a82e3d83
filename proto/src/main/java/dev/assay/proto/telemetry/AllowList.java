package dev.assay.proto.telemetry;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The attributes that may pass: of Claude Code's own telemetry, of its resource, and of the agent's
 * records. What is not listed is removed before anything is stored or forwarded. docs/telemetry.md
 * shows the same table with meanings.
 */
public final class AllowList {
  private static final Map<String, Use> USES =
      Stream.of(
              uses(
                  Use.WHO,
                  "session.id",
                  "user.id",
                  "user.email",
                  "user.account_id",
                  "user.account_uuid",
                  "organization.id",
                  "enduser.id",
                  "identity.source",
                  "terminal.type",
                  "app.version",
                  "app.entrypoint",
                  "service.name",
                  "service.version",
                  "service.instance.id",
                  "host.name",
                  "host.arch",
                  "os.type",
                  "os.version",
                  "wsl.version",
                  "team.id",
                  "department",
                  "cost_center",
                  "anthropic.provider",
                  "anthropic.custom_base_url",
                  AssayAttributes.SESSION_ENTRYPOINT,
                  AssayAttributes.SESSION_CLIENT_VERSION,
                  AssayAttributes.GIT_EMAIL),
              uses(
                  Use.KEPT,
                  // every event
                  "event.name",
                  "event.timestamp",
                  "event.sequence",
                  // api_request, token.usage, cost.usage
                  "model",
                  "input_tokens",
                  "output_tokens",
                  "cache_read_tokens",
                  "cache_creation_tokens",
                  "cache_creation_5m_tokens",
                  "cache_creation_1h_tokens",
                  "cost_usd",
                  "cost_usd_micros",
                  "request_id",
                  "speed",
                  "effort",
                  "query_source",
                  // tool_decision, tool_result, code_edit_tool.decision
                  "tool_name",
                  "tool_use_id",
                  "tool_source",
                  "decision",
                  "source",
                  "decision_type",
                  "decision_source",
                  "permission_mode",
                  "success",
                  "language",
                  "tool_input_size_bytes",
                  // session.count, lines_of_code.count, active_time.total
                  "start_type",
                  "type",
                  "agent.name",
                  "skill.name",
                  "plugin.name",
                  "marketplace.name",
                  "mcp_server.name",
                  "mcp_tool.name"),
              // the agent's own
              uses(
                  Use.KEPT,
                  AssayAttributes.SOURCE,
                  AssayAttributes.VCS_REPOSITORY_URL_FULL,
                  AssayAttributes.VCS_REF_HEAD_NAME,
                  AssayAttributes.VCS_REF_HEAD_REVISION,
                  AssayAttributes.GEN_AI_TOOL_NAME,
                  AssayAttributes.GEN_AI_TOOL_CALL_ID,
                  AssayAttributes.GEN_AI_RESPONSE_ID,
                  AssayAttributes.GEN_AI_RESPONSE_MODEL,
                  AssayAttributes.GEN_AI_USAGE_INPUT_TOKENS,
                  AssayAttributes.GEN_AI_USAGE_OUTPUT_TOKENS,
                  AssayAttributes.GEN_AI_USAGE_CACHE_READ_TOKENS,
                  AssayAttributes.GEN_AI_USAGE_CACHE_CREATION_TOKENS,
                  AssayAttributes.SESSION_STARTED_AT,
                  AssayAttributes.DECISION_OUTCOME,
                  AssayAttributes.DECISION_SOURCE,
                  AssayAttributes.LANGUAGE,
                  AssayAttributes.FILE_PATH,
                  AssayAttributes.EDIT_LINES_ADDED,
                  AssayAttributes.EDIT_LINES_REMOVED,
                  AssayAttributes.EDIT_USER_MODIFIED,
                  AssayAttributes.EDIT_WITHHELD,
                  AssayAttributes.EDIT_PART,
                  AssayAttributes.EDIT_PARTS,
                  AssayAttributes.REQUEST_ID,
                  AssayAttributes.USAGE_CACHE_CREATION_5M_TOKENS,
                  AssayAttributes.USAGE_CACHE_CREATION_1H_TOKENS,
                  AssayAttributes.USAGE_SPEED,
                  AssayAttributes.USAGE_INFERENCE_GEO,
                  AssayAttributes.USAGE_COST_USD,
                  AssayAttributes.USAGE_WEB_SEARCH_REQUESTS,
                  AssayAttributes.SIDECHAIN,
                  AssayAttributes.GIT_OPERATION,
                  AssayAttributes.PULL_REQUEST_URL),
              uses(Use.READ, "tool_input", "tool_parameters"))
          .flatMap(uses -> uses)
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private static final Map<String, String> NAMES =
      USES.keySet().stream().collect(Collectors.toUnmodifiableMap(name -> name, name -> name));

  private AllowList() {}

  /** What may be done with the attribute of this name. */
  public static Use of(String attribute) {
    return USES.getOrDefault(attribute, Use.REMOVED);
  }

  /**
   * The same name; where it is listed, the object that the list has, which is found without a
   * comparison of texts.
   */
  public static String nameOf(String attribute) {
    return NAMES.getOrDefault(attribute, attribute);
  }

  /** Every attribute that is not removed. */
  public static Set<String> names() {
    return USES.keySet();
  }

  private static Stream<Map.Entry<String, Use>> uses(Use use, String... names) {
    return Stream.of(names).map(name -> entry(name, use));
  }

  /** What may be done with an attribute. */
  public enum Use {
    /** Kept; it says who or what sent a record, and comes again with each of them. */
    WHO,
    /** Stored and forwarded. */
    KEPT,
    /** Looked at for something that is kept (a count of lines, a commit's id), and then removed. */
    READ,
    /** Removed. */
    REMOVED;

    /** Whether it is stored and forwarded. */
    public boolean isKept() {
      return this == WHO || this == KEPT;
    }
  }
}
