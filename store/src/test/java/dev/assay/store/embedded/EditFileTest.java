package dev.assay.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.store.contract.Given;
import dev.assay.store.fact.EditFact;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EditFileTest {
  private static final List<String> REPOSITORIES = List.of("github.com/acme/api", "local/1");

  @TempDir private Path folder;

  @Test
  void whatWasForced_isThereAgain() throws Exception {
    Path path = folder.resolve("some.edits");
    EditFact whole = edit("t1", "src/A.java", "int answer = 42;", "x".repeat(100_000));
    EditFact bare = edit("t2", null);
    EditFile.Size length;
    try (EditFile file = create(path)) {
      file.put(whole);
      file.put(bare);
      length = file.force();
    }
    try (EditFile file = open(path, length)) {
      assertThat(file.get(LineKey.ofEdit("t1"))).isEqualTo(whole);
      assertThat(file.get(LineKey.ofEdit("t2"))).isEqualTo(bare);
      assertThat(file.get(LineKey.ofEdit("t3"))).isNull();
      for (String repository : REPOSITORIES) {
        assertThat(file.ofFile(repository, "src/A.java")).containsExactly(whole);
      }
      assertThat(file.ofFile("x/y/z", "src/A.java")).isEmpty();
    }
  }

  @Test
  void anEditThatChanged_isInItsNewFileOnly_andItsOldTextIsGone() throws Exception {
    Path path = folder.resolve("some.edits");
    try (EditFile file = create(path)) {
      file.put(edit("t1", "src/A.java", "secret of old"));
      file.put(edit("t1", "src/B.java", "another text"));
      assertThat(file.ofFile(REPOSITORIES.get(0), "src/A.java")).isEmpty();
      assertThat(file.ofFile(REPOSITORIES.get(0), "src/B.java")).hasSize(1);
      file.put(EditRecord.withoutLines(edit("t1", "src/B.java", "another text")));
      assertThat(file.get(LineKey.ofEdit("t1"))).extracting(EditFact::lines).isNull();
      file.force();
    }
    String bytes = Files.readString(path, StandardCharsets.ISO_8859_1);
    assertThat(bytes).doesNotContain("secret of old", "another text").contains("src/B.java");
  }

  @Test
  void theSameAgain_takesNoRoom() throws Exception {
    try (EditFile file = create(folder.resolve("some.edits"))) {
      file.put(edit("t1", "src/A.java", "int answer = 42;"));
      EditFile.Size length = file.force();
      file.put(edit("t1", "src/A.java", "int answer = 42;"));
      assertThat(file.force()).isEqualTo(length);
    }
  }

  @Test
  void aFileThatIsNotAsItWasForced_isRefused() throws Exception {
    Path path = folder.resolve("some.edits");
    EditFile.Size length;
    try (EditFile file = create(path)) {
      file.put(edit("t1", "src/A.java", "int answer = 42;"));
      length = file.force();
    }
    assertThatThrownBy(() -> open(path, new EditFile.Size(length.bytes() + 1, length.places())))
        .isInstanceOf(IOException.class);
    byte[] whole = Files.readAllBytes(path);
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x10;
      Files.write(path, damaged);
      assertThat(opens(path, length)).as("byte " + at).isFalse();
    }
    Files.delete(path);
    assertThatThrownBy(() -> open(path, length)).hasMessageContaining("is missing");
  }

  private static boolean opens(Path path, EditFile.Size length) {
    try (EditFile file = open(path, length)) {
      return file.get(LineKey.ofEdit("t1")) != null;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void manyEdits_inAnyOrder_areWhatWasPutLast() throws Exception {
    Random random = new Random(7);
    Path path = folder.resolve("some.edits");
    Map<String, EditFact> model = new HashMap<>();
    EditFile file = create(path);
    for (int step = 0; step < 4_000; step++) {
      String id = "t" + random.nextInt(900);
      if (random.nextInt(10) == 0) {
        file.remove(LineKey.ofEdit(id));
        model.remove(id);
      } else {
        EditFact edit = edit(id, "src/F" + random.nextInt(20), "line " + random.nextInt(5));
        file.put(edit);
        model.put(id, edit);
      }
      if (random.nextInt(800) == 0) {
        EditFile.Size length = file.force();
        file.close();
        file = open(path, length);
      }
    }
    for (int i = 0; i < 20; i++) {
      String name = "src/F" + i;
      assertThat(file.ofFile(REPOSITORIES.get(1), name))
          .containsExactlyInAnyOrderElementsOf(
              model.values().stream().filter(edit -> name.equals(edit.path())).toList());
    }
    for (int i = 0; i < 900; i++) {
      assertThat(file.get(LineKey.ofEdit("t" + i))).isEqualTo(model.get("t" + i));
    }
    file.close();
  }

  @Test
  void anEdit_isReadAndErased_whetherItWaitsInMemoryOrNot() throws Exception {
    Path path = folder.resolve("some.edits");
    try (EditFile file = create(path)) {
      int step = 0;
      long before = 0;
      while (before == 0) { // the first of them are written when there is no room for another
        file.put(edit("t" + step, "src/A.java", "line " + step));
        step++;
        before = Files.size(path);
      }
      assertThat(before).isLessThanOrEqualTo(EditFile.TAIL_BYTES);
      for (int i = 0; i < step; i++) {
        assertThat(file.get(LineKey.ofEdit("t" + i)))
            .isEqualTo(edit("t" + i, "src/A.java", "line " + i));
      }
      file.put(edit("large", "src/A.java", "x".repeat(EditFile.TAIL_BYTES)));
      assertThat(Files.size(path)).isGreaterThan(before + EditFile.TAIL_BYTES);
      file.put(edit("waits", "src/A.java", "some text"));
      file.remove(LineKey.ofEdit("t0"));
      file.remove(LineKey.ofEdit("waits"));
      assertThat(file.ofFile(REPOSITORIES.get(0), "src/A.java")).hasSize(step);
      assertThat(file.get(LineKey.ofEdit("waits"))).isNull();
      EditFile.Size length = file.force();
      assertThat(Files.size(path)).isEqualTo(length.bytes());
    }
    assertThat(Files.readString(path, StandardCharsets.ISO_8859_1)).doesNotContain("some text");
  }

  private static EditFile create(Path path) throws IOException {
    return EditFile.create(path, path.resolveSibling("some.places"), new PendingRoom());
  }

  private static EditFile open(Path path, EditFile.Size size) throws IOException {
    return EditFile.open(path, path.resolveSibling("some.places"), size, new PendingRoom());
  }

  private static EditFact edit(String id, @Nullable String path, String... lines) {
    return new EditFact(
        id,
        "s1",
        null,
        Given.NOON,
        "Edit",
        REPOSITORIES,
        path,
        lines.length,
        0,
        Given.lines(lines),
        true,
        false);
  }
}
