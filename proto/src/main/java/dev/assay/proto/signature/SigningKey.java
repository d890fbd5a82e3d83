package dev.assay.proto.signature;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import dev.assay.proto.line.LineHash;
import dev.assay.proto.line.NormalisedLine;
import dev.assay.proto.line.NotebookLine;
import dev.assay.proto.v1.EditLines;
import dev.assay.proto.v1.Hunk;
import dev.assay.proto.v1.Line;
import dev.assay.proto.v1.Signature;
import dev.assay.proto.v1.SignedLines;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One key of an organisation, and what can be done with it. For each purpose a key of its own is
 * derived from it. Safe for use by several threads.
 */
public final class SigningKey {
  /** Bytes of a key. */
  public static final int SIZE = 32;

  /**
   * Shorter lines (code points, normalised) have no open hash: by its frequency they could be
   * guessed.
   */
  static final int LEAST_OPEN_CHARS = 8;

  private final int id;
  private final KeyedHash lines;
  private final Letters letters;
  private final Box box;
  private final KeyedHash pseudonyms;

  SigningKey(byte[] key) {
    KeyedHash root = new KeyedHash(key);
    this.id = ByteBuffer.wrap(root.derived("assay v1 id")).getInt();
    this.lines = new KeyedHash(root.derived("assay v1 lines"));
    this.letters = new Letters(new KeyedHash(root.derived("assay v1 letters")));
    this.box = new Box(root);
    this.pseudonyms = new KeyedHash(root.derived("assay v1 pseudonyms"));
  }

  /** Tells keys apart; says nothing about the key. */
  public int id() {
    return id;
  }

  /** The id as it is shown. */
  public static String shown(int id) {
    return String.format("%08x", id);
  }

  /**
   * What stands in place of an attribute's value: 32 hexadecimal digits, the same for the same
   * value, from which nobody without the key can tell the value, not even by guessing.
   */
  public String pseudonym(String value) {
    byte[] hash = pseudonyms.derived(value);
    return HexFormat.of().formatHex(hash, 0, 16);
  }

  /** What stands open in place of a line, for the line index alone. */
  public long indexHash(String normalised) {
    return lines.cut(normalised);
  }

  /** What remains of a line. */
  public Signature signature(String normalised) {
    return Signature.newBuilder()
        .setHash(LineHash.of(normalised))
        .setLetters(letters.of(normalised))
        .setEffective(new NormalisedLine(normalised).effective())
        .build();
  }

  /**
   * Signs lines that are text; what is signed already stays.
   *
   * @param notebook whether the lines may be JSON strings of a notebook's source
   */
  public EditLines sign(EditLines edit, boolean notebook) {
    if (edit.getHunksCount() == 0) {
      return edit;
    }
    SortedSet<Long> indexed = new TreeSet<>();
    EditLines.Builder content = EditLines.newBuilder();
    for (Hunk hunk : edit.getHunksList()) {
      List<Line> added = new ArrayList<>(hunk.getAddedCount());
      for (Line line : hunk.getAddedList()) {
        String normalised = normalised(line, notebook);
        Signature signature = signature(normalised);
        if (signature.getEffective()
            && signature.getLetters().length() >= LEAST_OPEN_CHARS
            && line.getText().length() <= NormalisedLine.LIMIT_CHARS) {
          indexed.add(indexHash(normalised));
        }
        added.add(Line.newBuilder().setSignature(signature).build());
      }
      Hunk.Builder signed = Hunk.newBuilder().setNewStart(hunk.getNewStart()).addAllAdded(added);
      for (Line line : hunk.getRemovedList()) {
        signed.addRemoved(Line.newBuilder().setSignature(signature(normalised(line, notebook))));
      }
      content.addHunks(signed);
    }
    SignedLines.Builder signed = SignedLines.newBuilder().setKeyId(id).addAllHashes(indexed);
    byte[] sealed = box.seal(content.build().toByteArray(), beside(signed.getHashesList()));
    signed.setSealed(UnsafeByteOperations.unsafeWrap(sealed));
    return edit.toBuilder().clearHunks().addSigned(signed).build();
  }

  /**
   * The hunks of a part that this key signed, each line a {@link Signature}.
   *
   * @throws UnreadableLinesException where it did not, or they were changed since
   */
  public List<Hunk> open(SignedLines signed) {
    try {
      byte[] content = box.open(signed.getSealed().toByteArray(), beside(signed.getHashesList()));
      return EditLines.parseFrom(content).getHunksList();
    } catch (InvalidProtocolBufferException e) {
      throw new UnreadableLinesException("what signed lines hold does not parse");
    }
  }

  private static byte[] beside(List<Long> hashes) {
    ByteBuffer bytes = ByteBuffer.allocate(hashes.size() * Long.BYTES);
    hashes.forEach(bytes::putLong);
    return bytes.array();
  }

  private static String normalised(Line line, boolean notebook) {
    String text = line.getText();
    return NormalisedLine.of(notebook ? NotebookLine.decoded(text) : text).text();
  }
}
