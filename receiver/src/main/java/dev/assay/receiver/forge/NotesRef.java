package dev.assay.receiver.forge;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Git notes under one reference, read and written: the only thing that is ever written to a
 * repository, and only where somebody asked for it by name. New notes wait in a file outside of the
 * repository; {@link #write} puts all of them into one commit, or none: where somebody else moved
 * the reference meanwhile, git refuses.
 */
public final class NotesRef implements AutoCloseable {
  private final GitRepository repository;
  private final Git git;
  private final String ref;
  private final @Nullable String tip;
  private final CatFile objects;
  private final Map<String, String> blobs;
  private final Path waiting;
  private final OutputStream out;
  private int count;

  private NotesRef(
      GitRepository repository, String ref, @Nullable String tip, Map<String, String> blobs)
      throws IOException {
    this.repository = repository;
    this.git = repository.git();
    this.ref = ref;
    this.tip = tip;
    this.blobs = blobs;
    this.objects = new CatFile(git);
    this.waiting = Files.createTempFile("assay-notes-", ".fast-import");
    this.out = new BufferedOutputStream(Files.newOutputStream(waiting));
  }

  /**
   * Reads which commits have a note.
   *
   * @param ref its full name, {@code refs/notes/...}
   */
  public static NotesRef open(GitRepository repository, String ref)
      throws GitException, IOException {
    Git git = repository.git();
    String tip =
        git.run(
            in -> new String(in.readAllBytes(), StandardCharsets.UTF_8).strip(),
            "for-each-ref",
            "--format=%(objectname)",
            ref);
    Map<String, String> blobs =
        tip.isEmpty()
            ? Map.of()
            : git.run(
                in -> {
                  ByteLines lines = new ByteLines(in, '\n', 256);
                  Map<String, String> found = new HashMap<>();
                  for (String line = lines.next(); line != null; line = lines.next()) {
                    int space = line.indexOf(' ');
                    found.put(line.substring(space + 1), line.substring(0, space));
                  }
                  return found;
                },
                "notes",
                "--ref=" + ref,
                "list");
    return new NotesRef(repository, ref, tip.isEmpty() ? null : tip, blobs);
  }

  /** Whether the repository has the commit, so that it can have a note. */
  public boolean hasCommit(String commit) throws GitException {
    return repository.has(commit);
  }

  /** The note of a commit, as it was when this was opened; null where it has none. */
  public @Nullable String text(String commit) throws GitException {
    String blob = blobs.get(commit);
    byte[] content = blob == null ? null : objects.content(blob);
    return content == null ? null : new String(content, StandardCharsets.UTF_8);
  }

  /** Adds a note, or replaces one, when all are written. */
  public void put(String commit, String text) throws IOException {
    if (count++ == 0) {
      String message = "Notes added by 'assay export'";
      line("commit " + ref);
      line("committer Assay <assay@localhost> " + Instant.now().getEpochSecond() + " +0000");
      data(message);
      if (tip != null) {
        line("from " + tip);
      }
    }
    line("N inline " + commit);
    data(text);
  }

  /** Writes what was put, in one commit; how many notes that are. */
  public int write() throws GitException, IOException {
    line("done");
    out.close();
    if (count > 0) {
      git.run(waiting, "fast-import", "--quiet", "--done", "--date-format=raw");
    }
    return count;
  }

  private void line(String text) throws IOException {
    out.write((text + '\n').getBytes(StandardCharsets.UTF_8));
  }

  private void data(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    line("data " + bytes.length);
    out.write(bytes);
    out.write('\n');
  }

  /** Forgets what was put and not written. */
  @Override
  public void close() throws IOException {
    objects.close();
    out.close();
    Files.deleteIfExists(waiting);
  }
}
