package dev.assay.receiver.follow;

import dev.assay.proto.v1.EditLines;
import dev.assay.proto.v1.Hunk;
import dev.assay.proto.v1.Line;
import dev.assay.store.fact.EditObservation;
import dev.assay.store.fact.SessionClaim;
import dev.assay.store.fact.Source;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a session wrote, as the agent tells it. */
final class Written {
  /** Where all of it was written. */
  static final String REPOSITORY = "github.com/acme/api";

  private Written() {}

  static EditLines lines(String... texts) {
    Hunk.Builder hunk = Hunk.newBuilder().setNewStart(1);
    for (String text : texts) {
      hunk.addAdded(Line.newBuilder().setText(text));
    }
    return EditLines.newBuilder().addHunks(hunk).build();
  }

  /**
   * @param count of the lines
   * @param lines null where they stayed at home
   */
  static EditObservation edit(
      String id, Instant time, String path, int count, @Nullable EditLines lines) {
    return new EditObservation(
        Source.TRANSCRIPT,
        time,
        id,
        new SessionClaim("s-1", null),
        "Write",
        List.of(REPOSITORY),
        null,
        path,
        count,
        0,
        lines == null ? null : lines.toByteString(),
        0,
        1,
        false,
        false,
        null);
  }
}
