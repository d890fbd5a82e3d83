package dev.assay.agent.observe;

import dev.assay.agent.capture.TranscriptRecord.ToolResult;
import dev.assay.agent.observe.Observation.Outcome;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tells what became of a proposed edit from its result. New clients say it in fields of their own,
 * older ones by the text that the model is given. What is neither accepted nor refused (failed
 * validation, interrupts, an edit that was accepted and then failed) is no decision, except that
 * new clients tell that the failed one was accepted.
 */
final class Outcomes {
  private static final String REFUSED = "The user doesn't want to proceed with this tool use.";
  private static final String ABORTED = "The user doesn't want to take this action right now.";

  private Outcomes() {}

  /** The verdict and who gave it. */
  record Verdict(Outcome outcome, @Nullable String source) {}

  static @Nullable Verdict of(ToolResult result) {
    String source = result.permissionSource();
    if (!result.error()) {
      boolean failed =
          result.edit() != null
              && result.edit().notebook() != null
              && !isEmpty(result.edit().notebook().error());
      return failed && source == null ? null : new Verdict(Outcome.ACCEPTED, source);
    }
    String text = result.errorText() == null ? "" : result.errorText();
    if (result.denialKind() != null) {
      return denied(result, result.denialKind(), text, source);
    }
    if ("accept".equals(result.permissionDecision())) {
      return new Verdict(Outcome.ACCEPTED, source); // and failed afterwards: no lines
    }
    if (Boolean.FALSE.equals(result.deniedBeforeRun())) {
      return null; // interrupted while it ran
    }
    if (text.startsWith(REFUSED)) {
      return new Verdict(Outcome.REJECTED, source == null ? "user_reject" : source);
    }
    if (text.startsWith(ABORTED)) {
      return new Verdict(Outcome.REJECTED, source == null ? "user_abort" : source);
    }
    if (isHookDenial(text)) {
      return new Verdict(Outcome.BLOCKED, source == null ? "hook" : source);
    }
    if (isRuleDenial(text) || "reject".equals(result.permissionDecision())) {
      return new Verdict(Outcome.BLOCKED, source == null ? "config" : source);
    }
    return null;
  }

  private static @Nullable Verdict denied(
      ToolResult result, String kind, String text, @Nullable String source) {
    if (!kind.equals("user-rejected")) {
      String who = isHookDenial(text) ? "hook" : "config";
      return new Verdict(Outcome.BLOCKED, source == null ? who : source);
    }
    if (Boolean.FALSE.equals(result.deniedBeforeRun())) {
      return null;
    }
    // A call that needed approval where nobody could be asked bears the same kind, not the text.
    if (text.startsWith(ABORTED)) {
      return new Verdict(Outcome.REJECTED, source == null ? "user_abort" : source);
    }
    return text.startsWith(REFUSED)
        ? new Verdict(Outcome.REJECTED, source == null ? "user_reject" : source)
        : new Verdict(Outcome.BLOCKED, source == null ? "config" : source);
  }

  private static boolean isHookDenial(String text) {
    return text.startsWith("PreToolUse:")
        || text.toLowerCase(Locale.ROOT).contains("operation blocked by hook");
  }

  /** Rules, and sessions without anyone to ask. */
  private static boolean isRuleDenial(String text) {
    return text.startsWith("Permission to ")
        || (text.startsWith("Claude requested permissions to ")
            && text.contains("you haven't granted it yet"));
  }

  private static boolean isEmpty(@Nullable String text) {
    return text == null || text.isEmpty();
  }
}
