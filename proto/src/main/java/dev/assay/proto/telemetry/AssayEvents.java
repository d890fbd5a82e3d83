package dev.assay.proto.telemetry;

/**
 * The events that Assay's agent exports: OTLP LogRecords in the scope {@link #SCOPE} whose {@code
 * event_name} is one of these. docs/telemetry.md lists the attributes of each.
 */
public final class AssayEvents {
  /** The instrumentation scope of all of the agent's records. */
  public static final String SCOPE = "assay.agent";

  /**
   * A session of Claude Code as far as its transcript tells: client version, entrypoint, git email
   * of the checkout.
   */
  public static final String SESSION = "assay.session";

  /** What became of a proposed edit: accepted, rejected by a person, or blocked. */
  public static final String DECISION = "assay.decision";

  /** An edit that was applied; its body holds the lines as {@code assay.v1.EditLines}. */
  public static final String EDIT = "assay.edit";

  /** The tokens of one response of the model's API. */
  public static final String USAGE = "assay.usage";

  /** A commit, push or pull request that Claude Code made. */
  public static final String GIT = "assay.git";

  private AssayEvents() {}
}
