package dev.assay.web.command;

import dev.assay.receiver.forge.GitException;
import dev.assay.receiver.forge.GitRepository;
import dev.assay.receiver.forge.LineOrigin;
import dev.assay.receiver.forge.NotesRef;
import dev.assay.web.interchange.AuthorshipNote;
import dev.assay.web.interchange.AuthorshipNotes;
import dev.assay.web.interchange.AuthorshipNotes.Origin;
import dev.assay.web.interchange.TraceRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes git-ai notes for the changes of Agent Trace records, a change at a time. Only what Assay
 * wrote itself is ever replaced.
 */
final class NotesExport {
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final GitRepository repository;
  private final NotesRef notes;

  /** A commit may belong to two pull requests; the first one's note stands. */
  private final Set<String> done = new HashSet<>();

  private long written;
  private long same;
  private long others;
  private long twice;
  private long elsewhere;
  private long linesLeftOut;

  private NotesExport(GitRepository repository, NotesRef notes) {
    this.repository = repository;
    this.notes = notes;
  }

  /**
   * Reads records and writes their notes, all or none.
   *
   * @throws IOException where the records break off
   */
  static NotesExport into(Path directory, InputStream records)
      throws CommandFailedException, IOException {
    try (GitRepository repository = GitRepository.open(directory);
        NotesRef notes = NotesRef.open(repository, AuthorshipNote.REF)) {
      NotesExport export = new NotesExport(repository, notes);
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(records, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        export.add(JSON.readValue(line, TraceRecord.class));
      }
      notes.write();
      return export;
    } catch (GitException e) {
      throw new CommandFailedException("no note was written: " + e.getMessage(), e);
    } catch (JacksonException e) {
      throw new CommandFailedException(
          "no note was written: the server's answer is no Agent Trace record: "
              + e.getOriginalMessage(),
          e);
    }
  }

  private void add(TraceRecord record) throws GitException, IOException {
    String commit = record.vcs().revision();
    if (!notes.hasCommit(commit)) {
      elsewhere++;
      return;
    }
    AuthorshipNotes made =
        AuthorshipNotes.of(record, path -> origins(commit, record.metadata().assay().base(), path));
    linesLeftOut += made.linesLeftOut();
    for (AuthorshipNote note : made.notes()) {
      put(note);
    }
  }

  private Map<Integer, Origin> origins(String commit, @Nullable String base, String path)
      throws GitException {
    Map<Integer, Origin> out = new HashMap<>();
    Map<Integer, LineOrigin> found = repository.origins(commit, base, path);
    found.forEach(
        (line, origin) -> out.put(line, new Origin(origin.commit(), origin.path(), origin.line())));
    return out;
  }

  private void put(AuthorshipNote note) throws GitException, IOException {
    if (!done.add(note.commit())) {
      twice++;
      return;
    }
    String text = note.text();
    String before = notes.text(note.commit());
    if (before != null && before.stripTrailing().equals(text)) {
      same++;
    } else if (before != null && !AuthorshipNote.isOurs(before)) {
      others++;
    } else {
      notes.put(note.commit(), text);
      written++;
    }
  }

  /** What came of it. */
  void print(PrintWriter out) {
    out.println(written + " notes written to " + AuthorshipNote.REF + ", " + same + " as before");
    tell(out, others, "commits have a note that another tool wrote: left as it is");
    tell(out, twice, "commits came with a second pull request: the first one's note stands");
    tell(out, elsewhere, "changes are not in this repository");
    tell(
        out,
        linesLeftOut,
        "lines were written by no commit of their branch, or their file's name has quotes: in no note");
    out.flush();
  }

  private static void tell(PrintWriter out, long count, String what) {
    if (count > 0) {
      out.println(count + " " + what);
    }
  }
}
