package dev.assay.agent.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.agent.observe.Observation.EditHunk;
import dev.assay.proto.v1.EditLines;
import dev.assay.proto.v1.Hunk;
import dev.assay.proto.v1.Line;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PartsTest {
  private static List<String> added(List<EditLines> parts) {
    return parts.stream()
        .flatMap(part -> part.getHunksList().stream())
        .flatMap(hunk -> hunk.getAddedList().stream())
        .map(Line::getText)
        .toList();
  }

  @Test
  void smallEdit_isOnePart_alsoAnEmptyOne() {
    assertThat(EditParts.of(List.of())).containsExactly(EditLines.getDefaultInstance());
    assertThat(EditParts.of(List.of(new EditHunk(1, List.of("a"), List.of())))).hasSize(1);
  }

  @Test
  void largeEdit_isSplit_andNothingIsLost() {
    Random random = new Random(5);
    for (int round = 0; round < 50; round++) {
      List<EditHunk> hunks = new ArrayList<>();
      for (int i = random.nextInt(5); i >= 0; i--) {
        List<String> lines = new ArrayList<>();
        for (int line = random.nextInt(200); line >= 0; line--) {
          lines.add("x".repeat(random.nextInt(60)) + line);
        }
        hunks.add(new EditHunk(1 + 1000 * i, lines, List.of("old" + i)));
      }
      int limit = 500 + random.nextInt(3000);
      List<EditLines> parts = EditParts.of(hunks, limit);

      assertThat(parts)
          .allSatisfy(part -> assertThat(part.getSerializedSize()).isLessThanOrEqualTo(limit));
      assertThat(added(parts))
          .isEqualTo(hunks.stream().flatMap(hunk -> hunk.added().stream()).toList());
      assertThat(
              parts.stream()
                  .flatMap(part -> part.getHunksList().stream())
                  .flatMap(hunk -> hunk.getRemovedList().stream())
                  .map(Line::getText))
          .containsExactlyElementsOf(
              hunks.stream().flatMap(hunk -> hunk.removed().stream()).toList());
    }
  }

  @Test
  void pieceOfAHunk_knowsItsLine() {
    List<String> lines = Collections.nCopies(100, "some line of code");
    List<EditLines> parts = EditParts.of(List.of(new EditHunk(7, lines, List.of())), 600);

    int line = 7;
    for (EditLines part : parts) {
      for (Hunk hunk : part.getHunksList()) {
        assertThat(hunk.getNewStart()).isEqualTo(line);
        line += hunk.getAddedCount();
      }
    }
    assertThat(line).isEqualTo(107);
  }

  @Test
  void veryLongLine_travelsByItsBeginning_whichIsStillTooLongToBeMatched() {
    String exact = "a".repeat(EditParts.LIMIT_LINE_CHARS);
    String longer = "b".repeat(EditParts.LIMIT_LINE_CHARS + 1);
    String emoji = "c".repeat(EditParts.LIMIT_LINE_CHARS - 1) + "\ud83d\ude00";

    assertThat(
            added(EditParts.of(List.of(new EditHunk(1, List.of(exact, longer, emoji), List.of())))))
        .containsExactly(
            exact,
            "b".repeat(EditParts.LIMIT_LINE_CHARS),
            "c".repeat(EditParts.LIMIT_LINE_CHARS - 1));
  }

  @Test
  void export_neverExceedsItsLimit() throws IOException {
    List<ExportLogsServiceRequest> requests = new ArrayList<>();
    Sink sink =
        new Sink() {
          @Override
          public void accept(ExportLogsServiceRequest request) {
            requests.add(request);
          }

          @Override
          public void sync() {}
        };
    Batcher batcher = new Batcher(new AgentResource("1", "instance", "host"), sink);
    Random random = new Random(9);
    int records = 0;
    for (int i = 0; i < 300; i++) {
      int size = random.nextInt(10) == 0 ? EditParts.LIMIT_PART_BYTES : random.nextInt(20_000);
      AnyValue body = AnyValue.newBuilder().setStringValue("x".repeat(size)).build();
      batcher.add(LogRecord.newBuilder().setBody(body).build());
      records++;
    }
    for (int i = 0; i < Batcher.LIMIT_RECORDS + 1; i++) {
      batcher.add(LogRecord.getDefaultInstance());
      records++;
    }
    batcher.flush();
    batcher.flush();

    assertThat(requests)
        .allSatisfy(
            request -> {
              assertThat(request.getSerializedSize())
                  .isLessThanOrEqualTo(Batcher.LIMIT_EXPORT_BYTES);
              assertThat(request.getResourceLogs(0).getScopeLogs(0).getLogRecordsCount())
                  .isBetween(1, Batcher.LIMIT_RECORDS);
            });
    assertThat(
            requests.stream()
                .mapToInt(
                    request -> request.getResourceLogs(0).getScopeLogs(0).getLogRecordsCount())
                .sum())
        .isEqualTo(records);
  }
}
