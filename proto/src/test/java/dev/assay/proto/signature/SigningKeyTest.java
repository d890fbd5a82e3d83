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
import java.util.stream.IntStream;
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

  @ParameterizedTest
  @CsvSource({
    "'  ', false, 0, 0",
    "'});', false, 3, 0",
    "'break;', true, 6, 0",
    "'a = bcd', true, 7, 0",
    "'a = bcde', true, 8, 1",
    "'--------', false, 8, 0"
  })
  void line_hasALetterForEachCharacter_andAnOpenHashFromEightOn(
      String line, boolean effective, int letters, int open) {
    SignedLines signed = KEY.sign(text(line), false).getSigned(0);
    Signature signature = KEY.open(signed).get(0).getAdded(0).getSignature();
    assertThat(signature.getEffective()).isEqualTo(effective);
    assertThat(signature.getLetters()).hasSize(letters);
    assertThat(signature.getHash() != 0).isEqualTo(letters > 0);
    assertThat(signed.getHashesCount()).isEqualTo(open);
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
        .extracting(l -> l.getSignature().getLetters().length())
        .containsExactly(29, 0, 7, 29);
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
    assertThat(KEY.signature(line).getLetters())
        .hasSize(line.codePointCount(0, line.length()))
        .matches(letters -> letters.chars().noneMatch(c -> Character.isSurrogate((char) c)));
  }

  @Test
  void letters_areTheKeys_andNoTwoCharactersShareOne() {
    StringBuilder ascii = new StringBuilder();
    for (char c = 0; c < 128; c++) {
      ascii.append(c);
    }
    String letters = KEY.signature(ascii.toString()).getLetters();
    assertThat(letters.chars().distinct()).hasSize(128);
    long same = IntStream.range(0, 128).filter(c -> letters.charAt(c) == c).count();
    assertThat(same).isBetween(12L, 18L); // those that stand for themselves, and a few by luck
    assertThat(letters).isNotEqualTo(OTHER.signature(ascii.toString()).getLetters());
    for (char c : " ,;()\\/*#-%!".toCharArray()) {
      assertThat(letters.charAt(c)).isEqualTo(c);
    }
  }

  @Test
  void letters_keepTheDistance() {
    Random random = new Random(7);
    String words = "abcdefghijklmnopqrstuvwxyz0123456789_.(){} ;\u00e9\u00fc\u4e2d\u6587";
    for (int i = 0; i < 2_000; i++) {
      StringBuilder a = new StringBuilder();
      for (int c = 0; c < 40; c++) {
        a.append(words.charAt(random.nextInt(words.length())));
      }
      StringBuilder b = new StringBuilder(a);
      for (int c = 0; c < 6; c++) {
        b.setCharAt(random.nextInt(40), words.charAt(random.nextInt(words.length())));
      }
      String from = KEY.signature(a.toString()).getLetters();
      String to = KEY.signature(b.toString()).getLetters();
      assertThat(new LineDistance(from).to(to))
          .isEqualTo(new LineDistance(a.toString()).to(b.toString()));
    }
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
