package dev.assay.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineReaderTest {
  @TempDir Path folder;

  private List<String> read(LineReader reader, Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      while (reader.next(channel)) {
        lines.add(
            reader.tooLong()
                ? "too long at " + reader.lineOffset()
                : new String(
                    reader.buffer(),
                    reader.lineStart(),
                    reader.lineEnd() - reader.lineStart(),
                    StandardCharsets.ISO_8859_1));
      }
    }
    return lines;
  }

  @Test
  void lastLineWithoutItsBreak_waits() throws IOException {
    Path file = Files.writeString(folder.resolve("t"), "one\ntw");
    LineReader reader = new LineReader();
    reader.start(0);

    assertThat(read(reader, file)).containsExactly("one");
    assertThat(reader.offset()).isEqualTo(4);

    Files.writeString(file, "o\nthree\n", StandardOpenOption.APPEND);
    assertThat(read(reader, file)).containsExactly("two", "three");
    assertThat(reader.offset()).isEqualTo(14);
  }

  @Test
  void lineAtTheLimit_isRead_andOneByteMoreIsNot() throws IOException {
    Path file =
        Files.writeString(folder.resolve("t"), "x".repeat(64) + "\n" + "y".repeat(65) + "\nend\n");
    LineReader reader = new LineReader(64, 16);
    reader.start(0);

    assertThat(read(reader, file)).containsExactly("x".repeat(64), "too long at 65", "end");
    assertThat(reader.offset()).isEqualTo(Files.size(file));
  }

  @Test
  void hugeLine_costsNoMoreThanTheLimit() throws IOException {
    Path file = folder.resolve("t");
    byte[] piece = "z".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (int i = 0; i < 100; i++) {
        channel.write(ByteBuffer.wrap(piece));
      }
    }
    Files.writeString(file, "\nafter\n", StandardOpenOption.APPEND);
    LineReader reader = new LineReader(1 << 20, 1 << 16);
    reader.start(0);

    assertThat(read(reader, file)).containsExactly("too long at 0", "after");
    assertThat(reader.buffer().length).isLessThanOrEqualTo((1 << 20) + 1);
  }

  @Test
  void unfinishedHugeLine_isFoundAgainWhenItEnds() throws IOException {
    Path file = Files.writeString(folder.resolve("t"), "a\n" + "x".repeat(200));
    LineReader reader = new LineReader(64, 16);
    reader.start(0);

    assertThat(read(reader, file)).containsExactly("a");
    assertThat(reader.offset()).isEqualTo(2);

    Files.writeString(file, "x\nb\n", StandardOpenOption.APPEND);
    assertThat(read(reader, file)).containsExactly("too long at 2", "b");
  }

  @Test
  void anyBytes_areReadAsTheyStand() throws IOException {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      byte[] bytes = new byte[random.nextInt(400)];
      random.nextBytes(bytes);
      for (int i = 0; i < bytes.length; i++) {
        if (random.nextInt(12) == 0) {
          bytes[i] = '\n';
        }
      }
      Path file = Files.write(folder.resolve("t"), bytes);
      LineReader reader = new LineReader(1000, 1 + random.nextInt(50));
      reader.start(0);

      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      int end = text.lastIndexOf('\n') + 1;
      List<String> expected =
          end == 0 ? List.of() : List.of(text.substring(0, end - 1).split("\n", -1));
      assertThat(read(reader, file)).isEqualTo(expected);
      assertThat(reader.offset()).isEqualTo(end);
    }
  }
}
