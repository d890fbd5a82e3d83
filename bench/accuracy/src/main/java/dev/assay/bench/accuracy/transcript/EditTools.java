package dev.assay.bench.accuracy.transcript;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The file tools of Claude Code, writing their calls and results into a session. */
public final class EditTools {
  private final Transcript session;

  public EditTools(Transcript session) {
    this.session = session;
  }

  /** A replacement that the model asks for. */
  public record Replacement(String oldString, String newString) {
    /** What undoes it. */
    public Replacement reversed() {
      return new Replacement(/* oldString= */ newString, /* newString= */ oldString);
    }
  }

  /** How an edit that adds nothing ends. */
  public enum Refusal {
    REJECTED,
    FAILED,
    INTERRUPTED
  }

  /**
   * An accepted Edit.
   *
   * @param applied what really came in the place, where the user changed the proposal; else null
   */
  public void edit(
      Path file,
      String before,
      String after,
      Replacement wanted,
      boolean replaceAll,
      @Nullable String applied) {
    ObjectNode input = input(file, wanted, replaceAll);
    ObjectNode result = object().put("filePath", file.toString());
    result.put("oldString", wanted.oldString());
    result.put("newString", applied == null ? wanted.newString() : applied);
    result.put("originalFile", before).set("structuredPatch", hunks(before, after));
    result.put("userModified", applied != null).put("replaceAll", replaceAll);
    session.use("Edit", input, Answer.done(updated(file), result));
  }

  /** An accepted MultiEdit of an old client. */
  public void multiEdit(Path file, String before, String after, List<Replacement> wanted) {
    ArrayNode edits = Transcript.JSON.createArrayNode();
    for (Replacement one : wanted) {
      edits.addObject().put("old_string", one.oldString()).put("new_string", one.newString());
    }
    ObjectNode input = object().put("file_path", file.toString());
    input.set("edits", edits);
    ObjectNode result = object().put("filePath", file.toString());
    result.set("edits", edits.deepCopy());
    result.put("originalFileContents", before).set("structuredPatch", hunks(before, after));
    result.put("userModified", false);
    session.use("MultiEdit", input, Answer.done(updated(file), result));
  }

  /** An accepted Write; of a new file where {@code before} is null. */
  public void write(Path file, @Nullable String before, String after) {
    ObjectNode input = object().put("file_path", file.toString()).put("content", after);
    ObjectNode result = object().put("type", before == null ? "create" : "update");
    result.put("filePath", file.toString()).put("content", after);
    ArrayNode none = Transcript.JSON.createArrayNode();
    result.set("structuredPatch", before == null ? none : hunks(before, after));
    if (session.client() != Client.V1_0_53) {
      result.put("originalFile", before).put("userModified", false);
    }
    String said = before == null ? "File created successfully at: " + file : updated(file);
    session.use("Write", input, Answer.done(said, result));
  }

  /** An Edit that was refused, failed or was interrupted: its text reached no file. */
  public void refused(Path file, Replacement wanted, Refusal how) {
    Answer answer =
        switch (how) {
          case REJECTED -> Answer.rejected(session.client());
          case FAILED ->
              Answer.failed("String to replace not found in file.\nString: " + wanted.oldString());
          case INTERRUPTED -> Answer.interrupted();
        };
    session.use("Edit", input(file, wanted, false), answer);
    if (how != Refusal.FAILED) {
      session.interruptedByUser();
      session.prompt("Carry on, another way");
    }
  }

  /** An accepted NotebookEdit that replaces one cell's source. */
  public void notebook(
      Path file, String cell, String oldSource, String newSource, String before, String after) {
    ObjectNode input = object().put("notebook_path", file.toString()).put("cell_id", cell);
    input.put("new_source", newSource).put("edit_mode", "replace");
    ObjectNode result = object().put("new_source", newSource).put("old_source", oldSource);
    result.put("cell_type", "code").put("language", "python").put("edit_mode", "replace");
    result.put("cell_id", cell).put("error", "").put("notebook_path", file.toString());
    result.put("original_file", before).put("updated_file", after);
    session.use(
        "NotebookEdit", input, Answer.done("Updated cell " + cell + " with " + newSource, result));
  }

  /** The model reads a file. */
  public void read(Path file, String text) {
    int lines = (int) text.lines().count();
    ObjectNode held = object().put("filePath", file.toString()).put("content", text);
    held.put("numLines", lines).put("startLine", 1).put("totalLines", lines);
    ObjectNode result = object().put("type", "text").set("file", held);
    session.use("Read", object().put("file_path", file.toString()), Answer.done(text, result));
  }

  /** The model looks at a file through a shell. */
  public void shell(String command, String output) {
    ObjectNode input = object().put("command", command).put("description", "Look at the file");
    ObjectNode result = object().put("stdout", output).put("stderr", "").put("interrupted", false);
    result.put("isImage", false).put("noOutputExpected", false);
    session.use("Bash", input, Answer.done(output, result));
  }

  private static ObjectNode input(Path file, Replacement wanted, boolean replaceAll) {
    return object()
        .put("replace_all", replaceAll)
        .put("file_path", file.toString())
        .put("old_string", wanted.oldString())
        .put("new_string", wanted.newString());
  }

  private static ArrayNode hunks(String before, String after) {
    return Transcript.JSON.valueToTree(Patch.between(before, after));
  }

  private static String updated(Path file) {
    return "The file " + file + " has been updated successfully.";
  }

  private static ObjectNode object() {
    return Transcript.JSON.createObjectNode();
  }
}
