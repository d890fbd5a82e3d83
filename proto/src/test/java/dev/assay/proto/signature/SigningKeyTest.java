package dev.assay.proto.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.assay.proto.line.LineDistance;
import dev.assay.proto.line.NormalisedLine;
import dev.assay.proto.v1.EditLines;
import dev.assay.proto.v1.Hunk;
import dev.assay.proto.v1.Line;
import dev.assay.proto.v1.Signature;
import dev.assay.proto.v1.SignedLines;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SigningKeyTest {
  private static final SigningKey KEY = key(1);
  private static final SigningKey OTHER = key(2);

  static SigningKey key(int seed) {
    byte[] bytes = new byte[SigningKey.SIZE];
    Arrays.fill(bytes, (byte) seed);
    return new SigningKey(bytes);
  }

  static EditLines text(String... added) {
    Hunk.Builder hunk = Hunk.newBuilder().setNewStart(7);
    for (String line : added) {
      hunk.addAdded(Line.newBuilder().setText(line));
    }
    return EditLines.newBuilder().addHunks(hunk).build();
  }

  private static Signature open(SigningKey key, String line) {
    Hunk hunk = key.open(key.sign(text(line), false).getSigned(0)).get(0);
    return hunk.getAdded(0).getSignature();
  }

  @ParameterizedTest
  @CsvSource({
    "'  ', BLANK",
    "'});', MARK",
    "'break;', SHORT",
    "'a = bcd', SHORT",
    "'a = bcde', SIGNED",
    "'--------', SIGNED_MARK"
  })
  void kind_isByLengthAndEffect(String line, Signature.Kind kind) {
    Signature signature = open(KEY, line);
    assertThat(signature.getKind()).isEqualTo(kind);
    boolean signed = kind == Signature.Kind.SIGNED || kind == Signature.Kind.SIGNED_MARK;
    assertThat(signature.getHash() != 0).isEqualTo(signed);
    assertThat(signature.getLetters().isEmpty()).isEqualTo(!signed);
  }

  @Test
  void sign_keepsPlacesAndNoText() {
    String line = "String total = receipt.sum();";
    EditLines signed = KEY.sign(text(line, "", "return;", line), false);

    assertThat(signed.getHunksCount()).isZero();
    assertThat(signed.getSigned(0).getHashesList()).hasSize(1);
    List<Hunk> hunks = KEY.open(signed.getSigned(0));
    assertThat(hunks).hasSize(1);
    assertThat(hunks.get(0).getNewStart()).isEqualTo(7);
    assertThat(hunks.get(0).getAddedList())
        .extracting(l -> l.getSignature().getKind())
        .containsExactly(
            Signature.Kind.SIGNED,
            Signature.Kind.BLANK,
            Signature.Kind.SHORT,
            Signature.Kind.SIGNED);
    String opened = hunks.toString() + signed;
    for (String word : List.of("string", "total", "receipt", "sum", "return")) {
      assertThat(opened).doesNotContainIgnoringCase(word);
    }
  }

  @Test
  void sign_ofTheSame_isTheSameBox() {
    EditLines edit = text("String total = receipt.sum();");
    assertThat(KEY.sign(edit, false)).isEqualTo(KEY.sign(edit, false));
    assertThat(KEY.sign(edit, false)).isNotEqualTo(OTHER.sign(edit, false));
    assertThat(KEY.sign(KEY.sign(edit, false), false)).isEqualTo(KEY.sign(edit, false));
  }

  @Test
  void sign_ofOtherText_isAnotherNonce() {
    ByteString a = KEY.sign(text("String total = receipt.sum();"), false).getSigned(0).getSealed();
    ByteString b = KEY.sign(text("String total = receipt.max();"), false).getSigned(0).getSealed();
    assertThat(a.substring(0, 12)).isNotEqualTo(b.substring(0, 12));
    assertThat(a.size()).isEqualTo(b.size());
  }

  @Test
  void sign_ofANotebook_readsTheJsonString() {
    EditLines json = text("\"print(\\\"hello\\\")\\n\",");
    EditLines source = text("print(\"hello\")");
    assertThat(KEY.sign(json, true)).isEqualTo(KEY.sign(source, false));
  }

  @Test
  void open_withAnotherKey_isRefused() {
    SignedLines signed = KEY.sign(text("String total = receipt.sum();"), false).getSigned(0);
    assertThatThrownBy(() -> OTHER.open(signed))
        .isInstanceOf(UnreadableLinesException.class)
        .hasMessageContaining("another key");
  }

  @Test
  void open_ofChangedBytes_isRefused() {
    SignedLines signed = KEY.sign(text("String total = receipt.sum();"), false).getSigned(0);
    byte[] box = signed.getSealed().toByteArray();
    for (int i = 0; i <= box.length; i++) {
      byte[] changed = i == box.length ? Arrays.copyOf(box, i - 1) : box.clone();
      if (i < box.length) {
        changed[i] ^= 1;
      }
      SignedLines bad = signed.toBuilder().setSealed(ByteString.copyFrom(changed)).build();
      assertThatThrownBy(() -> KEY.open(bad)).isInstanceOf(UnreadableLinesException.class);
    }
    SignedLines otherHash = signed.toBuilder().addHashes(5).build();
    assertThatThrownBy(() -> KEY.open(otherHash)).isInstanceOf(UnreadableLinesException.class);
    SignedLines none = signed.toBuilder().clearSealed().build();
    assertThatThrownBy(() -> KEY.open(none)).isInstanceOf(UnreadableLinesException.class);
  }

  @Test
  void letters_areOneForEachCodePoint() {
    String line = NormalisedLine.of("\u00e9t\u00e9 = \uD83D\uDE00 + \u05D0 + zz").text();
    Signature signature = KEY.signature(line);
    assertThat(SigningKey.letters(signature))
        .hasSize(line.codePointCount(0, line.length()))
        .isEqualTo(KEY.letters(line));
  }

  @Test
  void letters_shareASymbol() {
    String all = "abcdefghijklmnopqrstuvwxyz0123456789_.<>=+{}[]:|?&@$^~\"!`'";
    assertThat(KEY.letters(all).chars().filter(c -> c >= 128).distinct().count())
        .isEqualTo(Letters.SYMBOLS);
    assertThat(KEY.letters(all.substring(0, 26)).chars().distinct()).hasSize(26);
    assertThat(KEY.letters(all)).isNotEqualTo(OTHER.letters(all));
  }

  /** The distance of the letters is never above that of the texts, and rarely below. */
  @Test
  void letters_keepTheDistance() {
    Random random = new Random(7);
    String words = "abcdefghijklmnopqrstuvwxyz0123456789_.(){} ;";
    int below = 0;
    for (int i = 0; i < 2_000; i++) {
      StringBuilder a = new StringBuilder();
      for (int c = 0; c < 40; c++) {
        a.append(words.charAt(random.nextInt(words.length())));
      }
      StringBuilder b = new StringBuilder(a);
      for (int c = 0; c < 6; c++) {
        b.setCharAt(random.nextInt(40), words.charAt(random.nextInt(words.length())));
      }
      String from = a.toString();
      String to = b.toString();
      int text = new LineDistance(from).to(to);
      int letters = new LineDistance(KEY.letters(from)).to(KEY.letters(to));
      assertThat(letters).isLessThanOrEqualTo(text);
      below += text - letters;
    }
    assertThat(below).isLessThan(2_000 * 6 / 20);
  }

  @Test
  void indexHash_needsTheKey() {
    assertThat(KEY.indexHash("return total;")).isNotEqualTo(OTHER.indexHash("return total;"));
    assertThat(KEY.indexHash("return total;")).isEqualTo(key(1).indexHash("return total;"));
    assertThat(KEY.id()).isNotEqualTo(OTHER.id());
    assertThat(IndexedHash.of(1)).isNotEqualTo(NormalisedLine.of(IndexedHash.of(1)).text());
  }

  @Test
  void box_hidesLengthsWithin64Bytes() {
    byte[] beside = new byte[0];
    Box box = new Box(new KeyedHash("k".getBytes(StandardCharsets.UTF_8)));
    assertThat(box.seal(new byte[1], beside)).hasSize(12 + Box.PADDING_BYTES + 16);
    byte[] noise = new byte[1000];
    new Random(1).nextBytes(noise);
    assertThat((box.seal(noise, beside).length - 12 - 16) % Box.PADDING_BYTES).isZero();
    assertThat(box.open(box.seal(noise, beside), beside)).isEqualTo(noise);
  }
}
