package dev.assay.agent.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.agent.capture.ToolOutput.EditOutput;
import dev.assay.agent.capture.ToolOutput.NotebookCell;
import dev.assay.agent.capture.ToolOutput.PatchHunk;
import dev.assay.agent.observe.Observation.EditHunk;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HunksTest {
  private static EditOutput patch(int newStart, String... lines) {
    return new EditOutput(
        "/w/a", null, List.of(new PatchHunk(newStart, List.of(lines))), null, false, false, null);
  }

  private static EditOutput cell(String now, @Nullable String before, String mode) {
    NotebookCell cell = new NotebookCell(now, before, mode, "");
    return new EditOutput("/w/a.ipynb", null, List.of(), null, false, false, cell);
  }

  private static EditOutput file(String content) {
    return new EditOutput("/w/a", "create", List.of(), content, true, false, null);
  }

  @Test
  void patch_isSplitAtItsContext_andCountedFromTheFileAfterwards() {
    assertThat(
            Hunks.of(
                patch(
                    9,
                    " a",
                    "-b",
                    "+B",
                    "+B2",
                    " c",
                    "",
                    "-d",
                    " e",
                    "+f",
                    "\\ No newline at end of file")))
        .containsExactly(
            new EditHunk(10, List.of("B", "B2"), List.of("b")),
            new EditHunk(14, List.of(), List.of("d")),
            new EditHunk(15, List.of("f"), List.of()));
  }

  @Test
  void linesOfAPatch_keepTheirOwnSigns_andLoseTheReturn() {
    assertThat(Hunks.of(patch(1, "++i;", "--i;", "+x\r")))
        .containsExactly(new EditHunk(1, List.of("+i;", "x"), List.of("-i;")));
  }

  @Test
  void newFile_isAllItsLines_withoutTheBreakAtItsEnd() {
    assertThat(Hunks.of(file("a\n\nb\n")))
        .containsExactly(new EditHunk(1, List.of("a", "", "b"), List.of()));
    assertThat(Hunks.of(file("a\r\nb")))
        .containsExactly(new EditHunk(1, List.of("a", "b"), List.of()));
    assertThat(Hunks.of(file("\n"))).containsExactly(new EditHunk(1, List.of(""), List.of()));
    assertThat(Hunks.of(file(""))).isEmpty();
  }

  @Test
  void cell_isTheDifferenceOfItsSources() {
    assertThat(Hunks.of(cell("a\nX\nc", "a\nb\nc", "replace")))
        .containsExactly(new EditHunk(0, List.of("X"), List.of("b")));
    assertThat(Hunks.of(cell("a\nb", null, "insert")))
        .containsExactly(new EditHunk(0, List.of("a", "b"), List.of()));
    assertThat(Hunks.of(cell("", "a\nb", "delete")))
        .containsExactly(new EditHunk(0, List.of(), List.of("a", "b")));
  }

  @Test
  void cellWhoseOldSourceIsNotTold_hasNoLines() {
    assertThat(Hunks.of(cell("a\nb", null, "replace"))).isEmpty();
  }

  @Test
  void changedByAPerson_onlyWhatWasProposedToo_counts() {
    List<EditHunk> applied =
        List.of(
            new EditHunk(3, List.of("claude", "person", "twice", "twice"), List.of("old")),
            new EditHunk(9, List.of("person"), List.of()));

    assertThat(Hunks.inBoth(applied, List.of("claude", "twice", "never")))
        .containsExactly(new EditHunk(3, List.of("claude", "twice"), List.of("old")));
  }

  @Test
  void languages_haveTheClientsNames() {
    assertThat(Language.of("/w/a.py")).isEqualTo("Python");
    assertThat(Language.of("C:\\w\\a.TSX")).isEqualTo("TypeScript");
    assertThat(Language.of("/w/Dockerfile")).isEqualTo("Dockerfile");
    assertThat(Language.of("/w.py/none")).isEqualTo("unknown");
  }
}
