package dev.assay.bench.accuracy.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineTextTest {
  @Test
  void normalise_unifiesFormSpaceQuotesAndCase() {
    assertThat(LineText.normalise("\t Foo  =\u00a0'bar'; ")).isEqualTo("foo = \"bar\";");
    assertThat(LineText.normalise("cafe\u0301 \u201cx\u201d `y`"))
        .isEqualTo("caf\u00e9 \"x\" \"y\"");
  }

  @ParameterizedTest
  @CsvSource({"'abcd',true", "'abc',false", "'});}',false", "'  a ) ;',true", "'',false"})
  void effective_needsMoreThanThreeCharactersAndALetterOrDigit(String line, boolean effective) {
    assertThat(LineText.effective(line)).isEqualTo(effective);
  }

  @Test
  void effective_leavesOutOverlongLines() {
    assertThat(LineText.effective("x".repeat(1000))).isTrue();
    assertThat(LineText.effective("x".repeat(1001))).isFalse();
  }

  @Test
  void near_takesExactlyAFifth() {
    assertThat(LineText.near("abcdefghij", "abcdefghxy")).isTrue();
    assertThat(LineText.near("abcdefghij", "abcdefgxyz")).isFalse();
    assertThat(LineText.near("abcdefgh", "abcdefghij")).isTrue();
    assertThat(LineText.near("abcdefg", "abcdefghij")).isFalse();
  }

  @Test
  void difference_countsInsertionsDeletionsAndChanges() {
    assertThat(LineText.difference("kitten", "sitting")).isEqualTo(3.0 / 7);
    assertThat(LineText.difference("", "")).isZero();
    assertThat(LineText.difference("Same  line", "same line")).isZero();
  }
}
