package dev.assay.web.command;

import dev.assay.store.fact.Attribution;
import dev.assay.store.fact.Verdict;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serial;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes verdicts as JSON Lines, an object for each added line of each pull request. Commits
 * without a pull request are left out: they enter no figure.
 */
final class VerdictLines implements AutoCloseable {
  private static final JsonFactory JSON = new JsonFactory();

  private final JsonGenerator json;

  private VerdictLines(OutputStream out) {
    this.json = JSON.createGenerator(ObjectWriteContext.empty(), out);
  }

  /**
   * @param file written anew; null: nowhere
   */
  static VerdictLines to(@Nullable Path file) throws IOException {
    return new VerdictLines(
        file == null
            ? OutputStream.nullOutputStream()
            : new BufferedOutputStream(Files.newOutputStream(file)));
  }

  void add(Attribution attribution) {
    Integer number = attribution.change().number();
    if (number == null) {
      return;
    }
    try {
      for (Verdict verdict : attribution.verdicts()) {
        write(number, verdict);
      }
    } catch (JacksonException e) {
      throw new WriteFailed(e);
    }
  }

  private void write(int number, Verdict verdict) {
    json.writeStartObject();
    json.writeNumberProperty("pr", number);
    json.writeStringProperty("path", verdict.path());
    json.writeNumberProperty("line", verdict.line());
    json.writeBooleanProperty("assisted", verdict.assisted());
    if (verdict.assisted()) {
      json.writeStringProperty("strategy", verdict.strategy());
      json.writeStringProperty("session", verdict.sessionId());
      json.writeStringProperty("edit", verdict.toolUseId());
      json.writeNumberProperty("difference", verdict.difference());
    } else {
      json.writeStringProperty("reason", verdict.reason());
    }
    json.writeEndObject();
    json.writeRaw('\n');
  }

  @Override
  public void close() {
    try {
      json.close();
    } catch (JacksonException e) {
      throw new WriteFailed(e);
    }
  }

  /** The file cannot be written on. */
  static final class WriteFailed extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    WriteFailed(JacksonException cause) {
      super("--out: " + cause.getOriginalMessage(), cause);
    }
  }
}
