package dev.assay.store.embedded;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import dev.assay.proto.v1.EditLines;
import dev.assay.store.fact.EditFact;
import dev.assay.store.join.Join;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An edit as bytes, without its user: who is behind a session may be learned later. */
final class EditRecord {
  private static final int HAS_PATH = 1;
  private static final int HAS_LINES = 2;
  private static final int USER_MODIFIED = 4;
  private static final int PARTIAL = 8;

  /** That all but the lines mostly takes. */
  private static final int NAMES_BYTES = 256;

  private EditRecord() {}

  static byte[] write(EditFact edit) {
    String path = edit.path();
    EditLines lines = edit.lines();
    int expected = NAMES_BYTES + (lines == null ? 0 : lines.getSerializedSize());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(expected);
    CodedOutputStream out = CodedOutputStream.newInstance(bytes, NAMES_BYTES);
    try {
      out.writeUInt32NoTag(
          (path == null ? 0 : HAS_PATH)
              | (lines == null ? 0 : HAS_LINES)
              | (edit.userModified() ? USER_MODIFIED : 0)
              | (edit.partial() ? PARTIAL : 0));
      out.writeStringNoTag(edit.toolUseId());
      out.writeStringNoTag(edit.sessionId());
      out.writeInt64NoTag(Join.micros(edit.time()));
      out.writeStringNoTag(edit.tool());
      out.writeUInt32NoTag(edit.repositories().size());
      for (String repository : edit.repositories()) {
        out.writeStringNoTag(repository);
      }
      out.writeUInt32NoTag(edit.linesAdded());
      out.writeUInt32NoTag(edit.linesRemoved());
      if (path != null) {
        out.writeStringNoTag(path);
      }
      if (lines != null) {
        lines.writeTo(out);
      }
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return bytes.toByteArray();
  }

  static EditFact withoutLines(EditFact edit) {
    return new EditFact(
        edit.toolUseId(),
        edit.sessionId(),
        edit.user(),
        edit.time(),
        edit.tool(),
        edit.repositories(),
        edit.path(),
        edit.linesAdded(),
        edit.linesRemoved(),
        null,
        edit.userModified(),
        edit.partial());
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException where that is not what the bytes are
   */
  static EditFact read(byte[] bytes) throws IOException {
    return read(bytes, true);
  }

  /** As {@link #read}, and the lines stay bytes. */
  static EditFact readWithoutLines(byte[] bytes) throws IOException {
    return read(bytes, false);
  }

  private static EditFact read(byte[] bytes, boolean withLines) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(bytes);
    int flags = in.readUInt32();
    String toolUseId = in.readString();
    String sessionId = in.readString();
    long micros = in.readInt64();
    String tool = in.readString();
    List<String> repositories = new ArrayList<>();
    for (int left = in.readUInt32(); left > 0; left--) {
      repositories.add(in.readString());
    }
    int added = in.readUInt32();
    int removed = in.readUInt32();
    @Nullable String path = (flags & HAS_PATH) != 0 ? in.readString() : null;
    return new EditFact(
        toolUseId,
        sessionId,
        null,
        Join.instant(micros),
        tool,
        repositories,
        path,
        added,
        removed,
        withLines && (flags & HAS_LINES) != 0 ? EditLines.parseFrom(in) : null,
        (flags & USER_MODIFIED) != 0,
        (flags & PARTIAL) != 0);
  }
}
