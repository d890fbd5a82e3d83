package dev.assay.bench.crash;

import dev.assay.proto.v1.EditLines;
import dev.assay.proto.v1.Hunk;
import dev.assay.proto.v1.Line;
import dev.assay.store.fact.EditObservation;
import dev.assay.store.fact.SessionClaim;
import dev.assay.store.fact.Source;
import java.time.Instant;
import java.util.List;

/** The edits that are committed: each number is one, with a line of its own and a common one. */
final class Edits {
  static final String REPOSITORY = "github.com/acme/api";
  static final Instant FIRST = Instant.parse("2026-11-10T12:00:00Z");

  private Edits() {}

  static String id(long number) {
    return "edit" + number;
  }

  static String line(long number) {
    return "int line" + number + " = " + number + ";";
  }

  static Instant time(long number) {
    return FIRST.plusSeconds(number);
  }

  static EditObservation of(long number) {
    Hunk lines =
        Hunk.newBuilder()
            .setNewStart(1)
            .addAdded(Line.newBuilder().setText(line(number)))
            .addAdded(Line.newBuilder().setText("a common line of all"))
            .build();
    return new EditObservation(
        Source.TRANSCRIPT,
        time(number),
        id(number),
        new SessionClaim("s" + number % 7, null),
        "Edit",
        List.of(REPOSITORY),
        "main",
        "src/A" + number % 50 + ".java",
        2,
        0,
        EditLines.newBuilder().addHunks(lines).build().toByteString(),
        0,
        1,
        false,
        false,
        null);
  }
}
