package dev.assay.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.agent.status.Complaints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
  private static final long LIMIT = 1 << 20;
  private static final long SEGMENT = 64;

  @TempDir Path folder;
  private final Complaints complaints =
      new Complaints(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));

  private Spool open() throws IOException {
    return Spool.open(folder, LIMIT, SEGMENT, complaints);
  }

  private static void append(Spool spool, String... messages) throws Exception {
    for (String message : messages) {
      spool.append(message.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static List<String> drain(Spool spool) throws Exception {
    List<String> messages = new ArrayList<>();
    for (byte[] message = spool.peek(0); message != null; message = spool.peek(0)) {
      messages.add(new String(message, StandardCharsets.UTF_8));
      spool.acknowledge();
    }
    return messages;
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void messages_comeOutInOrder_overManySegments_andTheirFilesGo() throws Exception {
    try (Spool spool = open()) {
      String[] messages =
          Stream.iterate(0, i -> i < 40, i -> i + 1).map(i -> "m" + i).toArray(String[]::new);
      append(spool, messages);
      assertThat(names().size()).isGreaterThan(5);

      assertThat(drain(spool)).containsExactly(messages);
      assertThat(names()).hasSize(2).contains("cursor");
      assertThat(spool.peek(1)).isNull();
      append(spool, "more");
      assertThat(drain(spool)).containsExactly("more");
    }
  }

  @Test
  void unacknowledged_comesAgain_alsoAfterReopening() throws Exception {
    try (Spool spool = open()) {
      append(spool, "a", "b", "c");
      assertThat(spool.peek(0)).asString(StandardCharsets.UTF_8).isEqualTo("a");
      assertThat(spool.peek(0)).asString(StandardCharsets.UTF_8).isEqualTo("a");
      spool.acknowledge();
    }
    try (Spool spool = open()) {
      assertThat(drain(spool)).containsExactly("b", "c");
      assertThat(spool.damage()).isFalse();
    }
  }

  @Test
  void unfinishedFrame_ofAKilledProcess_isCutOff() throws Exception {
    for (int cut = 1; cut < 12; cut++) {
      Path own = Files.createDirectories(folder.resolve("cut" + cut));
      Spool killed = Spool.open(own, LIMIT, 1 << 20, complaints);
      append(killed, "whole", "torn");
      killed.sync();
      Path segment = own.resolve("000000000001.segment");
      try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
        file.setLength(file.length() - cut);
      }
      try (Spool spool = Spool.open(own, LIMIT, 1 << 20, complaints)) {
        assertThat(drain(spool)).containsExactly("whole");
        assertThat(spool.damage()).isFalse();
        append(spool, "next");
        assertThat(drain(spool)).containsExactly("next");
      }
      killed.close();
    }
  }

  @Test
  void damagedSegment_isSetAside_andTheOthersAreDelivered() throws Exception {
    try (Spool spool = open()) {
      append(spool, "first".repeat(20), "second".repeat(20), "third".repeat(20));
    }
    try (RandomAccessFile file =
        new RandomAccessFile(folder.resolve("000000000002.segment").toFile(), "rw")) {
      file.seek(30);
      file.write('#');
    }
    try (Spool spool = open()) {
      assertThat(drain(spool)).containsExactly("first".repeat(20), "third".repeat(20));
      assertThat(spool.damage()).isTrue();
      assertThat(spool.damage()).isFalse();
      assertThat(names()).contains("000000000002.segment.damaged-checksum");
      assertThat(complaints.counts()).containsEntry("spool-segment-damaged", 1L);
    }
  }

  @Test
  void otherDamages_areNamedToo() throws Exception {
    try (Spool spool = open()) {
      append(spool, "a".repeat(100), "b".repeat(100), "c".repeat(100), "d".repeat(100));
    }
    try (RandomAccessFile file =
        new RandomAccessFile(folder.resolve("000000000001.segment").toFile(), "rw")) {
      file.write("NOTASSAY".getBytes(StandardCharsets.US_ASCII));
    }
    try (RandomAccessFile file =
        new RandomAccessFile(folder.resolve("000000000002.segment").toFile(), "rw")) {
      file.setLength(60);
    }
    try (RandomAccessFile file =
        new RandomAccessFile(folder.resolve("000000000003.segment").toFile(), "rw")) {
      file.seek(8);
      file.writeInt(Integer.MAX_VALUE);
    }
    try (Spool spool = open()) {
      assertThat(drain(spool)).containsExactly("d".repeat(100));
      assertThat(names())
          .contains(
              "000000000001.segment.damaged-header",
              "000000000002.segment.damaged-truncated",
              "000000000003.segment.damaged-length");
    }
  }

  @Test
  void fullSpool_refusesAnOffer_andTakesItWhenThereIsRoom() throws Exception {
    try (Spool spool = Spool.open(folder, 400, SEGMENT, complaints)) {
      byte[] message = new byte[100];
      int taken = 0;
      while (spool.offer(message)) {
        taken++;
      }
      assertThat(taken).isEqualTo(3);
      assertThat(spool.bytes()).isLessThanOrEqualTo(400);
      spool.peek(0);
      spool.acknowledge();
      assertThat(spool.offer(message)).isTrue();
    }
  }

  @Test
  void fullSpool_letsAppendWait_untilSomethingIsDelivered() throws Exception {
    try (Spool spool = Spool.open(folder, 400, SEGMENT, complaints)) {
      while (spool.offer(new byte[100])) {
        // fill it
      }
      Thread writer =
          new Thread(
              () -> {
                try {
                  append(spool, "late".repeat(25));
                } catch (Exception failed) {
                  throw new IllegalStateException(failed);
                }
              });
      writer.start();
      while (writer.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
      spool.peek(0);
      spool.acknowledge();
      writer.join();
      assertThat(drain(spool)).contains("late".repeat(25));
    }
  }

  @Test
  void lostCursor_deliversAgain() throws Exception {
    try (Spool spool = Spool.open(folder, LIMIT, 1 << 20, complaints)) {
      append(spool, "a", "b");
      spool.peek(0);
      spool.acknowledge();
    }
    Files.writeString(folder.resolve("cursor"), "not a number");
    try (Spool spool = open()) {
      assertThat(drain(spool)).containsExactly("a", "b");
    }
  }
}
