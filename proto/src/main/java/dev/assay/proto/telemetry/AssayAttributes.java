package dev.assay.proto.telemetry;

/**
 * Attribute names of the agent's records. Where OpenTelemetry's semantic conventions have a name it
 * is used; the rest begin with {@code assay.}. docs/telemetry.md gives meaning, type and event of
 * each.
 */
public final class AssayAttributes {
  // --- of OpenTelemetry's semantic conventions
  public static final String SESSION_ID = "session.id";
  public static final String USER_EMAIL = "user.email";
  public static final String USER_ID = "user.id";
  public static final String SERVICE_NAME = "service.name";
  public static final String SERVICE_VERSION = "service.version";
  public static final String SERVICE_INSTANCE_ID = "service.instance.id";
  public static final String HOST_NAME = "host.name";

  /**
   * String array: every remote URL of the checkout, normalised as {@code host/owner/name}; or
   * {@code local/<root>}.
   */
  public static final String VCS_REPOSITORY_URL_FULL = "vcs.repository.url.full";

  public static final String VCS_REF_HEAD_NAME = "vcs.ref.head.name";
  public static final String VCS_REF_HEAD_REVISION = "vcs.ref.head.revision";
  public static final String GEN_AI_TOOL_NAME = "gen_ai.tool.name";
  public static final String GEN_AI_TOOL_CALL_ID = "gen_ai.tool.call.id";
  public static final String GEN_AI_RESPONSE_ID = "gen_ai.response.id";
  public static final String GEN_AI_RESPONSE_MODEL = "gen_ai.response.model";
  public static final String GEN_AI_USAGE_INPUT_TOKENS = "gen_ai.usage.input_tokens";
  public static final String GEN_AI_USAGE_OUTPUT_TOKENS = "gen_ai.usage.output_tokens";
  public static final String GEN_AI_USAGE_CACHE_READ_TOKENS =
      "gen_ai.usage.cache_read.input_tokens";
  public static final String GEN_AI_USAGE_CACHE_CREATION_TOKENS =
      "gen_ai.usage.cache_creation.input_tokens";

  // --- Assay's own
  /** {@code transcript} or {@code hook}: where the agent has it from; absent means transcript. */
  public static final String SOURCE = "assay.source";

  /**
   * Long, Unix nanoseconds: the first record of the session's own file; decides who owns a copied
   * tool use.
   */
  public static final String SESSION_STARTED_AT = "assay.session.started_at";

  public static final String SESSION_ENTRYPOINT = "assay.session.entrypoint";
  public static final String SESSION_CLIENT_VERSION = "assay.session.client_version";

  /** String: git's {@code user.email} of the checkout that the session worked in. */
  public static final String GIT_EMAIL = "assay.git.email";

  /**
   * {@code accepted}, {@code rejected}, {@code blocked}, or {@code none} for a tool use that was
   * interrupted or failed validation.
   */
  public static final String DECISION_OUTCOME = "assay.decision.outcome";

  /**
   * Claude Code's own word: {@code config}, {@code hook}, {@code user_temporary}, {@code
   * user_reject} ...
   */
  public static final String DECISION_SOURCE = "assay.decision.source";

  /** Programming language by Claude Code's own names ({@code Python}, {@code TypeScript} ...). */
  public static final String LANGUAGE = "assay.language";

  /**
   * Path relative to the root of the checkout, with forward slashes; absent where the path may not
   * travel.
   */
  public static final String FILE_PATH = "assay.file.path";

  public static final String EDIT_LINES_ADDED = "assay.edit.lines_added";
  public static final String EDIT_LINES_REMOVED = "assay.edit.lines_removed";
  public static final String EDIT_USER_MODIFIED = "assay.edit.user_modified";

  /**
   * Why the lines of an edit stay at home: {@code ignored}, {@code outside}, {@code no-checkout};
   * else absent.
   */
  public static final String EDIT_WITHHELD = "assay.edit.withheld";

  /** 0-based number of this part. */
  public static final String EDIT_PART = "assay.edit.part";

  /** How many parts the edit has; absent means one. */
  public static final String EDIT_PARTS = "assay.edit.parts";

  /** Identifies the API's response by request, where the transcript tells. */
  public static final String REQUEST_ID = "assay.request.id";

  public static final String USAGE_CACHE_CREATION_5M_TOKENS =
      "assay.usage.cache_creation_5m_tokens";
  public static final String USAGE_CACHE_CREATION_1H_TOKENS =
      "assay.usage.cache_creation_1h_tokens";

  /** {@code standard} or {@code fast}. */
  public static final String USAGE_SPEED = "assay.usage.speed";

  /** Where the response was computed, if the client tells; {@code us} costs a tenth more. */
  public static final String USAGE_INFERENCE_GEO = "assay.usage.inference_geo";

  /** Double, US dollars: the cost that an old transcript states itself. */
  public static final String USAGE_COST_USD = "assay.usage.cost_usd";

  /** Long: web searches of this response. */
  public static final String USAGE_WEB_SEARCH_REQUESTS = "assay.usage.web_search_requests";

  /** Boolean: the record stands in a subagent's file or a side question. */
  public static final String SIDECHAIN = "assay.sidechain";

  /** String: {@code commit}, {@code push} or {@code pull_request}. */
  public static final String GIT_OPERATION = "assay.git.operation";

  public static final String PULL_REQUEST_URL = "assay.pull_request.url";

  private AssayAttributes() {}
}
