package dev.assay.agent.observe;

import java.util.Set;

/** The tools whose calls are edits. MultiEdit is of old clients. */
final class EditTool {
  private static final Set<String> NAMES = Set.of("Edit", "Write", "NotebookEdit", "MultiEdit");

  private EditTool() {}

  static boolean is(String tool) {
    return NAMES.contains(tool);
  }
}
