package dev.assay.web.api;

import io.javalin.http.Context;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Answers that are files, written while the store is read. */
final class Download {
  static final String JSON_LINES = "application/jsonl; charset=utf-8";

  private static final Logger LOG = LoggerFactory.getLogger(Download.class);

  private static final int BUFFER_BYTES = 1 << 14;

  /** Sent at once, for who waits; Javalin does not compress what begins with fewer than 1,500. */
  private static final int FIRST_BYTES = 1 << 11;

  /** Jetty's word for closing the connection in the middle of an answer. */
  private static final int ABORT = -1;

  private static final JsonMapper MAPPER = new JsonMapper();

  private Download() {}

  /** Writes the whole content of a file. */
  interface Content {
    void write(OutputStream out) throws IOException;
  }

  /** Takes the objects of a file, one for each line. */
  interface Lines {
    void add(Object value);
  }

  /** Writes all lines. */
  interface LinesContent {
    void write(Lines lines);
  }

  /**
   * Sends a file. Where it cannot be written to its end the connection breaks off: half a file must
   * not pass for a whole one.
   */
  static void send(Context ctx, String file, String contentType, Content content)
      throws IOException {
    ctx.contentType(contentType)
        .header("Content-Disposition", "attachment; filename=\"assay-" + file + '"');
    OutputStream out = new Beginning(ctx);
    try {
      content.write(out);
      out.flush();
    } catch (UncheckedIOException e) {
      // The reader has hung up: nobody is left to be told.
      throw e.getCause();
    } catch (RuntimeException e) {
      if (!ctx.res().isCommitted()) {
        throw e;
      }
      LOG.error("{} broke off", ctx.path(), e);
      ctx.res().sendError(ABORT);
    }
  }

  /** JSON Lines: an object, a line feed, and so on. */
  static void sendLines(Context ctx, String file, LinesContent content) throws IOException {
    send(ctx, file, JSON_LINES, out -> content.write(value -> line(out, value)));
  }

  /** Sends the beginning as soon as there is one, and what follows in larger pieces. */
  private static final class Beginning extends BufferedOutputStream {
    private final Context ctx;
    private boolean begun;

    Beginning(Context ctx) {
      super(ctx.outputStream(), BUFFER_BYTES);
      this.ctx = ctx;
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) throws IOException {
      super.write(bytes, from, length);
      begin();
    }

    @Override
    public synchronized void write(int one) throws IOException {
      super.write(one);
      begin();
    }

    private void begin() throws IOException {
      if (!begun && count >= FIRST_BYTES) {
        begun = true;
        flush();
        ctx.res().flushBuffer(); // Javalin's stream does not pass a flush on.
      }
    }
  }

  /** Writes one of them. */
  static void line(OutputStream out, Object value) {
    try {
      out.write(MAPPER.writeValueAsBytes(value));
      out.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
