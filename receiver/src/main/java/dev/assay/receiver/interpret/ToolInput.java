package dev.assay.receiver.interpret;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a tool was given, as Claude Code's telemetry tells it where tool details are on. It cuts
 * each value at {@link #CUT_CHARS} characters and the whole at about 4,000. What was cut is not
 * guessed: only whole lines count, and only where they are seen to be new.
 *
 * @param cut whether lines may be missing
 */
record ToolInput(int linesAdded, int linesRemoved, boolean cut) {
  /** Length at which Claude Code cuts a value. */
  static final int CUT_CHARS = 512;

  private static final int LIMIT_NESTING = 32;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(LIMIT_NESTING).build())
                  .build())
          .build();

  private static final ToolInput UNREADABLE = new ToolInput(0, 0, true);

  /** The lines of the edit that an edit tool made. */
  static ToolInput of(String tool, Attributes attributes) throws BadRecord {
    String json = attributes.text("tool_input");
    JsonNode input = json == null ? null : read(json);
    if (json == null || input == null || !input.isObject()) {
      return UNREADABLE;
    }
    Long size = attributes.whole("tool_input_size_bytes");
    boolean whole = size != null && size <= json.getBytes(StandardCharsets.UTF_8).length;
    ToolInput edit =
        switch (tool) {
          case "Write" -> between("", input.path("content").asString(""), whole);
          // Without the cell's old source all of the new one counts: an upper bound.
          case "NotebookEdit" ->
              "delete".equals(input.path("edit_mode").asString(""))
                  ? new ToolInput(0, 0, false)
                  : between("", input.path("new_source").asString(""), whole);
          case "MultiEdit" -> several(input.path("edits"), whole);
          default -> replacement(input, whole);
        };
    boolean seenCut = size != null && !whole;
    return edit.cut || !seenCut ? edit : new ToolInput(edit.linesAdded, edit.linesRemoved, true);
  }

  /** The id of the commit that a shell command made; null where it made none. */
  static @Nullable String commit(Attributes attributes) {
    String json = attributes.text("tool_parameters");
    JsonNode parameters = json == null ? null : read(json);
    if (parameters == null) {
      return null;
    }
    String commit = parameters.path("git_commit_id").asString("");
    return commit.matches("[0-9a-fA-F]{7,64}") ? commit : null;
  }

  private static @Nullable JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JacksonException e) {
      return null;
    }
  }

  private static ToolInput several(JsonNode edits, boolean whole) {
    int added = 0;
    int removed = 0;
    boolean cut = !edits.isArray();
    for (JsonNode edit : edits) {
      ToolInput one = replacement(edit, whole);
      added += one.linesAdded;
      removed += one.linesRemoved;
      cut |= one.cut;
    }
    return new ToolInput(added, removed, cut);
  }

  private static ToolInput replacement(JsonNode edit, boolean whole) {
    ToolInput once =
        between(edit.path("old_string").asString(""), edit.path("new_string").asString(""), whole);
    // How many places were replaced is not told: one is sure.
    return edit.path("replace_all").asBoolean(false)
        ? new ToolInput(once.linesAdded, once.linesRemoved, true)
        : once;
  }

  private static ToolInput between(String before, String after, boolean whole) {
    boolean beforeCut = !whole && before.length() >= CUT_CHARS;
    boolean afterCut = !whole && after.length() >= CUT_CHARS;
    List<String> old = lines(before, beforeCut);
    List<String> now = lines(after, afterCut);
    int added = 0;
    int removed = 0;
    for (AbstractDelta<String> delta : DiffUtils.diff(old, now).getDeltas()) {
      boolean oldEnds = delta.getSource().last() + 1 >= old.size();
      boolean nowEnds = delta.getTarget().last() + 1 >= now.size();
      // Behind a cut the other side's lines may go on.
      added += beforeCut && oldEnds ? 0 : delta.getTarget().size();
      removed += afterCut && nowEnds ? 0 : delta.getSource().size();
    }
    return new ToolInput(added, removed, beforeCut || afterCut);
  }

  /** Without the line break at the end, which begins no line; of a cut text, without its last. */
  private static List<String> lines(String text, boolean cut) {
    List<String> lines = text.lines().toList();
    return cut && !lines.isEmpty() ? lines.subList(0, lines.size() - 1) : lines;
  }
}
