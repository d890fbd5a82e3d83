package dev.assay.bench.accuracy.transcript;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What a tool use came to.
 *
 * @param text what the model is told
 * @param result the record's toolUseResult
 * @param error whether it is marked as an error
 * @param marks further fields of the record
 */
record Answer(String text, JsonNode result, boolean error, Map<String, JsonNode> marks) {

  static Answer done(String text, JsonNode result) {
    return new Answer(text, result, false, Map.of());
  }

  static Answer failed(String message) {
    return new Answer(
        "<tool_use_error>" + message + "</tool_use_error>",
        Transcript.JSON.valueToTree("Error: " + message),
        true,
        Map.of());
  }

  /** The user said No. */
  static Answer rejected(Client client) {
    String told =
        "The user doesn't want to proceed with this tool use. The tool use was rejected (eg. if it"
            + " was a file edit, the new_string was NOT written to the file). STOP what you are doing"
            + " and wait for the user to tell you how to proceed.";
    String result = client == Client.V1_0_53 ? "Error: " + told : "User rejected tool use";
    Map<String, JsonNode> marks =
        client == Client.V2_1_330
            ? Map.of("toolDenialKind", Transcript.JSON.valueToTree("user-rejected"))
            : Map.of();
    return new Answer(told, Transcript.JSON.valueToTree(result), true, marks);
  }

  /** The user pressed Escape. */
  static Answer interrupted() {
    String told =
        "The user doesn't want to take this action right now. STOP what you are doing and wait for"
            + " the user to tell you how to proceed.";
    return new Answer(told, Transcript.JSON.valueToTree("Error: " + told), true, Map.of());
  }
}
