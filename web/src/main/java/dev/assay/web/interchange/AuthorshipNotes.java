package dev.assay.web.interchange;

import dev.assay.web.interchange.TraceRecord.Contributor;
import dev.assay.web.interchange.TraceRecord.Conversation;
import dev.assay.web.interchange.TraceRecord.Range;
import dev.assay.web.interchange.TraceRecord.Session;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The notes of one change. The standard (2.2) wants a merge commit's note to hold what the merge
 * itself wrote, and the lines of the branch on the branch's commits; so each line goes to the
 * commit that wrote it. For a squash merge that is the commit on the default branch.
 */
public final class AuthorshipNotes {
  private final Map<String, AuthorshipNote> notes = new TreeMap<>();
  private int linesLeftOut;

  private AuthorshipNotes() {}

  /** Tells which commit wrote a line. */
  public interface Origins<E extends Exception> {
    /**
     * The commits that wrote the lines of a file, by line.
     *
     * @param path in the record's revision
     */
    Map<Integer, Origin> of(String path) throws E;
  }

  /** The commit that wrote a line, and its path and number there. */
  public record Origin(String commit, String path, int line) {}

  /** The notes of the commits that wrote the lines of a record. */
  public static <E extends Exception> AuthorshipNotes of(TraceRecord record, Origins<E> origins)
      throws E {
    AuthorshipNotes out = new AuthorshipNotes();
    Map<String, Session> sessions = new HashMap<>();
    record.metadata().assay().sessions().forEach(session -> sessions.put(session.id(), session));
    for (TraceRecord.File file : record.files()) {
      Map<Integer, Origin> wrote = origins.of(file.path());
      for (Conversation conversation : file.conversations()) {
        String id = AgentTrace.session(conversation);
        Session session = sessions.getOrDefault(id, new Session(id, 0, 0, 0, 0));
        for (Range range : conversation.ranges()) {
          for (int line = range.startLine(); line <= range.endLine(); line++) {
            out.add(wrote.get(line), session, conversation.contributor(), range.contributor());
          }
        }
      }
    }
    return out;
  }

  private void add(
      @Nullable Origin origin, Session session, Contributor all, @Nullable Contributor own) {
    if (origin == null || !AuthorshipNote.writable(origin.path())) {
      linesLeftOut++;
      return;
    }
    notes
        .computeIfAbsent(origin.commit(), AuthorshipNote::new)
        .add(origin.path(), origin.line(), session, all.modelId(), own != null);
  }

  /** By commit. */
  public Collection<AuthorshipNote> notes() {
    return notes.values();
  }

  /** Lines that no commit of the branch wrote, or in a file whose name the standard cannot have. */
  public int linesLeftOut() {
    return linesLeftOut;
  }
}
