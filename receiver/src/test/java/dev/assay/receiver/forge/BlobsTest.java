package dev.assay.receiver.forge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.proto.line.LineHash;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobsTest {
  @TempDir Path folder;
  private Workbench bench;
  private CatFile objects;

  @BeforeEach
  void open() throws Exception {
    bench = Workbench.create(folder.resolve("api"));
    objects = new CatFile(new Git(bench.root().resolve(".git")));
  }

  @AfterEach
  void close() {
    objects.close();
  }

  private String blob(String path, String text) throws Exception {
    bench.write(path, text).commit(path);
    return bench.git("rev-parse", "HEAD:" + path);
  }

  @Test
  void lines_areCounted_normalised() {
    BlobLines lines =
        BlobLines.of("Same  'x'\nother\nsame \"X\"\r\n\n".getBytes(StandardCharsets.UTF_8));
    assertThat(lines.size()).isEqualTo(2);
    assertThat(lines.times(LineHash.of("same \"x\""))).isEqualTo(2);
    assertThat(lines.times(LineHash.of("other"))).isEqualTo(1);
    assertThat(lines.times(LineHash.of("absent"))).isZero();
    assertThat(lines.times(LineHash.NONE)).isZero();
  }

  @Test
  void whatIsKept_isNotAskedAgain_andTheRestIs() throws Exception {
    String a = blob("a", "one\n");
    String b = blob("b", "two\nthree\n");
    Blobs blobs = new Blobs(objects, 100);
    assertThat(blobs.lines(a).times(LineHash.of("one"))).isEqualTo(1);
    List<Integer> sizes = new ArrayList<>();
    blobs.each(List.of(b, a, b), lines -> sizes.add(lines.size()));
    assertThat(sizes).containsExactlyInAnyOrder(1, 2, 2);
    assertThat(blobs.keptLines()).isEqualTo(3);
  }

  @Test
  void atTheLimit_allIsKept_beyondIt_theEldestGoes() throws Exception {
    String a = blob("a", "one\n");
    String b = blob("b", "two\nthree\n");
    String c = blob("c", "four\n");
    Blobs blobs = new Blobs(objects, 3);
    blobs.lines(a);
    blobs.lines(b);
    assertThat(blobs.keptLines()).isEqualTo(3);
    blobs.lines(a); // now b is the eldest
    blobs.lines(c);
    assertThat(blobs.keptLines()).isEqualTo(2);
    assertThat(blobs.lines(b).times(LineHash.of("three"))).isEqualTo(1);
    blobs.forget();
    assertThat(blobs.keptLines()).isZero();
  }

  @Test
  void missingBlob_isNamed() {
    Blobs blobs = new Blobs(objects, 3);
    String id = "0123456789012345678901234567890123456789";
    assertThatThrownBy(() -> blobs.lines(id))
        .isInstanceOf(GitException.class)
        .hasMessage("the content of " + id + " is missing (a partial clone?)");
  }
}
