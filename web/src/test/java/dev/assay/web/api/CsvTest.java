package dev.assay.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "plain|plain",
        "a,b|\"a,b\"",
        "say \"hi\"|\"say \"\"hi\"\"\"",
        "=1+1|'=1+1",
        "+49 30|'+49 30",
        "-x|'-x",
        "@SUM(A1)|'@SUM(A1)",
        "=HYPERLINK(\"http://x\",\"y\")|\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"",
        "# =1#|' =1",
        "＝1|'＝1",
        "a=b|a=b",
      })
  void text_isQuotedAndDefused(String text, String written) {
    assertThat(row(text)).isEqualTo(written + "\r\n");
  }

  @Test
  void numbers_stayNumbers() {
    assertThat(row(-5, 1.5, new BigDecimal("0.000001"), true, null))
        .isEqualTo("-5,1.5,0.000001,true,\r\n");
  }

  @Test
  void lineBreaks_stayInsideTheirCell() {
    assertThat(row("a\r\nb", "\tx")).isEqualTo("\"a\r\nb\",\"'\tx\"\r\n");
  }

  @RepeatedTest(50)
  void anyText_comesBack(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    String alphabet = "ab ,\"\r\n\t=+-@'\u00e9\uFF1D;";
    List<List<String>> rows = new ArrayList<>();
    StringWriter out = new StringWriter();
    Csv csv = new Csv(out);
    for (int i = 0; i < 20; i++) {
      List<String> cells = new ArrayList<>();
      for (int j = 0; j < 3; j++) {
        StringBuilder cell = new StringBuilder();
        int length = random.nextInt(8);
        for (int k = 0; k < length; k++) {
          cell.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        cells.add(cell.toString());
      }
      rows.add(cells);
      csv.row(cells.toArray());
    }
    List<List<String>> read = CsvReader.read(out.toString());
    assertThat(read).hasSameSizeAs(rows);
    for (int i = 0; i < rows.size(); i++) {
      for (int j = 0; j < 3; j++) {
        String cell = read.get(i).get(j);
        assertThat(cell).isIn(rows.get(i).get(j), "'" + rows.get(i).get(j));
        assertThat(cell.strip()).as("a formula").doesNotMatch("(?s)[=+\\-@\uFF1D].*");
      }
    }
  }

  private static String row(@org.jspecify.annotations.Nullable Object... cells) {
    StringWriter out = new StringWriter();
    new Csv(out).row(cells);
    return out.toString();
  }
}
