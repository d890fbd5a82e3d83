package dev.assay.receiver.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.proto.v1.EditLines;
import dev.assay.proto.v1.Hunk;
import dev.assay.proto.v1.Line;
import dev.assay.store.fact.EditFact;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MovedFromTest {
  private static final Set<String> PROOFS = Set.of("first line", "second line", "third line");

  private final MovedFrom movedFrom =
      new MovedFrom(Set.of("src/a.py"), PROOFS, Thresholds.standard());

  @Test
  void threeDifferentLines_ofOneFile_inHoweverManyEdits() {
    assertThat(
            movedFrom.of(
                List.of(
                    edit("t1", "draft/x.py", "First  line", "second line"),
                    edit("t2", "draft/x.py", "third line"),
                    edit("t3", "draft/y.py", "first line", "second line", "first line"))))
        .containsExactly("draft/x.py");
  }

  @Test
  void oneLineIsEnough_whereOnePathIsTheEndOfTheOther() {
    assertThat(
            movedFrom.of(
                List.of(
                    edit("t1", "worktrees/fix/src/a.py", "first line"),
                    edit("t2", "worktrees/fix/src/b.py", "first line"),
                    edit("t3", "other/src/a.py", "no line of the change"))))
        .containsExactly("worktrees/fix/src/a.py");
  }

  @Test
  void theChangesOwnFiles_andEditsWithoutPathOrLines_areNone() {
    EditFact known = edit("t1", "src/a.py", "first line", "second line", "third line");
    EditFact nowhere = edit("t2", null, "first line", "second line", "third line");
    assertThat(movedFrom.of(List.of(known, nowhere, withoutLines("t3", "draft/x.py")))).isEmpty();
  }

  private static EditFact edit(String id, @Nullable String path, String... lines) {
    Hunk.Builder hunk = Hunk.newBuilder().setNewStart(1);
    for (String line : lines) {
      hunk.addAdded(Line.newBuilder().setText(line));
    }
    return fact(id, path, EditLines.newBuilder().addHunks(hunk).build());
  }

  private static EditFact withoutLines(String id, String path) {
    return fact(id, path, null);
  }

  private static EditFact fact(String id, @Nullable String path, @Nullable EditLines lines) {
    return new EditFact(
        id,
        "s1",
        null,
        Instant.EPOCH,
        "Write",
        List.of("github.com/acme/api"),
        path,
        3,
        0,
        lines,
        false,
        false);
  }
}
