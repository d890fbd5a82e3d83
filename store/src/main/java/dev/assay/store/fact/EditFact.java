package dev.assay.store.fact;

import dev.assay.proto.v1.EditLines;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An applied edit, joined from all that was observed of it.
 *
 * @param toolUseId its key
 * @param sessionId the session that owns it
 * @param user the name under which that session's user is shown; null where nothing is known
 * @param lines null where no source had them, not all parts are in, or they have expired
 */
public record EditFact(
    String toolUseId,
    String sessionId,
    @Nullable String user,
    Instant time,
    String tool,
    List<String> repositories,
    @Nullable String path,
    int linesAdded,
    int linesRemoved,
    @Nullable EditLines lines,
    boolean userModified,
    boolean partial) {
  public EditFact {
    repositories = List.copyOf(repositories);
  }

  /** The same edit with other lines. */
  public EditFact with(EditLines otherLines) {
    return new EditFact(
        toolUseId,
        sessionId,
        user,
        time,
        tool,
        repositories,
        path,
        linesAdded,
        linesRemoved,
        otherLines,
        userModified,
        partial);
  }
}
