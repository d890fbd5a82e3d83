package dev.assay.receiver.redaction;

import dev.assay.proto.telemetry.AssayAttributes;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The attributes without which there is no fact, or no line that can be attributed. */
final class Needed {
  /** They join what several sources say; two that are masked alike would become one. */
  static final Set<String> IDS =
      Set.of(
          AssayAttributes.SESSION_ID,
          AssayAttributes.GEN_AI_TOOL_CALL_ID,
          AssayAttributes.GEN_AI_RESPONSE_ID,
          AssayAttributes.REQUEST_ID,
          "tool_use_id",
          "request_id");

  private static final Set<String> NAMES =
      Set.of(
          AssayAttributes.SOURCE,
          AssayAttributes.SESSION_STARTED_AT,
          AssayAttributes.GEN_AI_TOOL_NAME,
          AssayAttributes.GEN_AI_RESPONSE_MODEL,
          AssayAttributes.DECISION_OUTCOME,
          AssayAttributes.VCS_REPOSITORY_URL_FULL,
          AssayAttributes.FILE_PATH,
          AssayAttributes.EDIT_PART,
          AssayAttributes.EDIT_PARTS,
          AssayAttributes.GIT_OPERATION,
          "event.name",
          "event.timestamp",
          "event.sequence",
          "tool_name",
          "model");

  private Needed() {}

  static boolean is(String attribute) {
    return IDS.contains(attribute) || NAMES.contains(attribute);
  }

  /**
   * Refuses a rule that would take away what Assay needs.
   *
   * @throws IllegalArgumentException names the rule and the attribute
   */
  static void check(List<RedactionRule> rules) {
    Set<String> all = new TreeSet<>(IDS);
    all.addAll(NAMES);
    for (RedactionRule rule : rules) {
      for (String attribute : all) {
        boolean touches =
            rule instanceof RedactionRule.Change change
                ? change.means(attribute)
                : rule instanceof RedactionRule.Mask mask
                    && !mask.ignoredKeys().contains(attribute)
                    && RedactionRule.Mask.finds(mask.blockedKeys(), attribute);
        if (touches) {
          throw new IllegalArgumentException(
              rule.name()
                  + ": touches '"
                  + attribute
                  + "', without which Assay can attribute nothing; leave it out");
        }
      }
    }
  }
}
