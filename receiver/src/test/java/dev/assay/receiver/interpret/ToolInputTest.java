package dev.assay.receiver.interpret;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class ToolInputTest {
  private static final JsonMapper JSON = new JsonMapper();

  private static ToolInput read(String tool, Map<String, ?> input) throws BadRecord {
    String json = JSON.writeValueAsString(input);
    return read(tool, json, json.getBytes(StandardCharsets.UTF_8).length);
  }

  private static ToolInput read(String tool, String json, int size) throws BadRecord {
    return ToolInput.of(
        tool,
        Attributes.of(
            List.of(
                Logs.attribute("tool_input", json),
                Logs.attribute("tool_input_size_bytes", Integer.toString(size))),
            null,
            new Tally()));
  }

  @ParameterizedTest
  @CsvSource({
    "'a\\nb\\nc\\n', 3",
    "'a\\nb\\nc', 3",
    "'a\\r\\nb\\r\\n', 2",
    "'a\\n\\n\\n', 3",
    "'\\n', 1",
    "'', 0",
  })
  void write_allLines_theLastBreakIsNone(String content, int lines) throws BadRecord {
    String text = content.replace("\\n", "\n").replace("\\r", "\r");
    assertThat(read("Write", Map.of("file_path", "/x", "content", text)))
        .isEqualTo(new ToolInput(lines, 0, false));
  }

  @ParameterizedTest
  @CsvSource({
    // unchanged lines around and between the changed ones never count
    "'a\\nb\\nc', 'a\\nB\\nc', 1, 1",
    "'a\\nb\\nc', 'x\\na\\nb\\nc\\ny', 2, 0",
    "'a\\nb\\nc\\nd', 'A\\nb\\nc\\nD', 2, 2",
    "'a\\nb', '', 0, 2",
    "'', 'a\\nb', 2, 0",
    "'a', 'a\\n', 0, 0",
  })
  void edit_onlyWhatChanged(String before, String after, int added, int removed) throws BadRecord {
    assertThat(
            read(
                "Edit",
                Map.of(
                    "old_string",
                    before.replace("\\n", "\n"),
                    "new_string",
                    after.replace("\\n", "\n"))))
        .isEqualTo(new ToolInput(added, removed, false));
  }

  @Test
  void multiEdit_isTheSum_andReplaceAllIsALeast() throws BadRecord {
    Map<String, Object> once = Map.of("old_string", "a", "new_string", "b\nc");
    assertThat(read("MultiEdit", Map.of("edits", List.of(once, once))))
        .isEqualTo(new ToolInput(4, 2, false));
    assertThat(read("Edit", Map.of("old_string", "a", "new_string", "b", "replace_all", true)))
        .isEqualTo(new ToolInput(1, 1, true));
    assertThat(read("MultiEdit", Map.of("edits", "gone"))).isEqualTo(new ToolInput(0, 0, true));
  }

  @Test
  void notebook() throws BadRecord {
    assertThat(read("NotebookEdit", Map.of("new_source", "a\nb", "edit_mode", "insert")))
        .isEqualTo(new ToolInput(2, 0, false));
    assertThat(read("NotebookEdit", Map.of("new_source", "", "edit_mode", "delete")))
        .isEqualTo(new ToolInput(0, 0, false));
  }

  @Test
  void cut_contentCountsItsWholeLinesOnly() throws BadRecord {
    String content = "0123456789abcde\n".repeat(32); // 512 characters
    String json = JSON.writeValueAsString(Map.of("content", content + "tail of a cut line"));
    assertThat(read("Write", json, 100_000)).isEqualTo(new ToolInput(32, 0, true));
  }

  @Test
  void cut_oldText_doesNotTurnItsUnseenRestIntoNewLines() throws BadRecord {
    String shared = "0123456789abcde\n".repeat(40);
    String json =
        JSON.writeValueAsString(
            Map.of("old_string", shared.substring(0, 520), "new_string", "new line\n" + shared));
    assertThat(read("Edit", json, 100_000)).isEqualTo(new ToolInput(1, 0, true));
  }

  @Test
  void cut_newText_doesNotTurnItsUnseenRestIntoRemovedLines() throws BadRecord {
    String shared = "0123456789abcde\n".repeat(40);
    String json =
        JSON.writeValueAsString(
            Map.of("old_string", shared, "new_string", "new line\n" + shared.substring(0, 520)));
    assertThat(read("Edit", json, 100_000)).isEqualTo(new ToolInput(1, 0, true));
  }

  @Test
  void longValue_thatCameWhole_isNotCut() throws BadRecord {
    assertThat(read("Write", Map.of("content", "x\n".repeat(2000))))
        .isEqualTo(new ToolInput(2000, 0, false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{\"content\":\"a",
        "{\"content\":",
        "12",
        "\"text\"",
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
      })
  void unreadable_isPartialWithoutLines(String json) throws BadRecord {
    assertThat(read("Write", json, 100_000)).isEqualTo(new ToolInput(0, 0, true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"content\":7}", "{\"content\":{}}", "{\"other\":\"a\"}", "{}"})
  void otherShape_hasNoLines(String json) throws BadRecord {
    assertThat(read("Write", json, 1).linesAdded()).isLessThan(2);
  }
}
