package dev.assay.agent.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.agent.capture.Envelope;
import dev.assay.agent.capture.TranscriptRecord.ToolResult;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the versions of the client say of a proposed edit, and what that means. */
class OutcomesTest {
  private static final Envelope ENVELOPE =
      new Envelope("s", 1, null, null, null, null, null, false, false);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          false | - | - | - | - | - | ACCEPTED | -
          false | - | - | - | accept | user_temporary | ACCEPTED | user_temporary
          true | The user doesn't want to proceed with this tool use. The tool use was rejected | - | - | - | - | REJECTED | user_reject
          true | The user doesn't want to proceed with this tool use. The tool use was rejected | user-rejected | - | - | - | REJECTED | user_reject
          true | The user doesn't want to proceed with this tool use. The tool use was rejected | user-rejected | true | reject | user_reject | REJECTED | user_reject
          true | The user doesn't want to proceed with this tool use. The tool use was rejected | user-rejected | false | - | - | - | -
          true | The user doesn't want to proceed with this tool use. The tool use was rejected | - | false | - | - | - | -
          true | The user doesn't want to take this action right now. STOP what you are doing | - | - | - | - | REJECTED | user_abort
          true | The user doesn't want to take this action right now. STOP what you are doing | user-rejected | true | - | - | REJECTED | user_abort
          true | Claude requested permissions to write to /w/a, but you haven't granted it yet. | user-rejected | - | - | - | BLOCKED | config
          true | Claude requested permissions to write to /w/a, but you haven't granted it yet. | - | - | - | - | BLOCKED | config
          true | Permission to edit /w/a has been denied. | - | - | - | - | BLOCKED | config
          true | Permission to edit /w/a has been denied. | permission-rule | - | reject | config | BLOCKED | config
          true | PreToolUse:Edit hook error: no edits on Fridays | permission-rule | - | - | - | BLOCKED | hook
          true | PreToolUse:Edit hook error: no edits on Fridays | - | - | - | - | BLOCKED | hook
          true | Edit operation blocked by hook: no edits on Fridays | - | - | - | - | BLOCKED | hook
          true | refused by the classifier | automode-blocked | - | reject | classifier | BLOCKED | classifier
          true | the classifier cannot be reached | automode-unavailable | - | - | - | BLOCKED | config
          true | <tool_use_error>File does not exist.</tool_use_error> | - | - | - | - | - | -
          true | <tool_use_error>String to replace not found in file</tool_use_error> | - | - | - | - | - | -
          true | Sibling tool call errored | - | - | - | - | - | -
          true | EACCES: permission denied, open '/w/a' | - | - | accept | config | ACCEPTED | config
          """)
  void result_isJudged(
      boolean error,
      @Nullable String text,
      @Nullable String denial,
      @Nullable Boolean beforeRun,
      @Nullable String decision,
      @Nullable String source,
      Observation.@Nullable Outcome outcome,
      @Nullable String by) {
    ToolResult result =
        new ToolResult(
            ENVELOPE, "t", error, error ? text : null, null, denial, beforeRun, decision, source);

    Outcomes.Verdict expected = outcome == null ? null : new Outcomes.Verdict(outcome, by);
    assertThat(Outcomes.of(result)).isEqualTo(expected);
  }
}
