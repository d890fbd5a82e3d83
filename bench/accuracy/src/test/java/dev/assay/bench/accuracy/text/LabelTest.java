package dev.assay.bench.accuracy.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.bench.accuracy.text.Label.Truth;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelTest {
  private final Hands hands = new Hands();

  @Test
  void label_ofOneAuthor() {
    assertThat(of(hands.claude("verbatim", "int count = 0;")))
        .isEqualTo(new Label(Truth.CLAUDE, "verbatim", ""));
    assertThat(of(hands.person("person", "int count = 0;")).truth()).isEqualTo(Truth.HUMAN);
    assertThat(of(AuthoredLine.by(Hands.BASE, "int count = 0;")).kind()).isEqualTo("base");
    assertThat(of(AuthoredLine.by(Hands.FORMATTER, "});")).truth()).isEqualTo(Truth.UNJUDGED);
  }

  @Test
  void label_ofATweakedLine_followsItsDistance() {
    assertThat(tweaked("abcdefghij", "abcdefghxy").truth()).isEqualTo(Truth.CLAUDE);
    assertThat(tweaked("abcdefghij", "abcdefgxyz").truth()).isEqualTo(Truth.HUMAN);
    assertThat(tweaked("say('Hello  World')", "\tSAY(\"hello world\")").truth())
        .isEqualTo(Truth.CLAUDE);
  }

  @Test
  void label_ofACutLine_isAPersons_thoughEveryCharacterIsClaudes() {
    AuthoredLine line =
        hands.tweaked(hands.claude("small", "return first + second;"), "small", "return first;");
    assertThat(line.authors()).hasSize(1);
    assertThat(of(line).truth()).isEqualTo(Truth.HUMAN);
  }

  @Test
  void label_ofSplitAndJoinedLines() {
    AuthoredText wrote =
        new AuthoredText(
            List.of(
                hands.claude("gjf", "call(firstArgument, secondArgument);"),
                hands.claude("gjf", "int a ="),
                hands.claude("gjf", "    b + c;")),
            true);
    List<Label> labels =
        labels(
            wrote.reformatted("call(\n    firstArgument,\n    secondArgument);\nint a = b + c;\n"));
    assertThat(labels).extracting(Label::truth).containsOnly(Truth.CLAUDE);
    assertThat(labels)
        .extracting(Label::kind)
        .containsExactly("gjf-split", "gjf-split", "gjf-split", "gjf-joined");
  }

  @Test
  void label_ofMixedLines_isUnjudged() {
    AuthoredText wrote =
        new AuthoredText(
            List.of(hands.claude("gjf", "call(first,"), AuthoredLine.by(Hands.BASE, "second);")),
            true);
    assertThat(labels(wrote.reformatted("call(first, second);\n")))
        .extracting(Label::truth)
        .containsExactly(Truth.UNJUDGED);
  }

  @Test
  void label_ofATweakedLineThatAFormatterSplit_isUnjudged() {
    AuthoredLine line =
        hands.tweaked(
            hands.claude("small", "call(firstArgument, second);"),
            "small",
            "call(otherArgument, second);");
    AuthoredText wrote = new AuthoredText(List.of(line), true);
    assertThat(labels(wrote.reformatted("call(otherArgument,\n    second);\n")))
        .extracting(Label::truth)
        .containsOnly(Truth.UNJUDGED);
  }

  @Test
  void label_ignoresWhatAFormatterPutsIn() {
    AuthoredText wrote =
        new AuthoredText(List.of(hands.claude("prettier", "const f = x => x")), true);
    assertThat(labels(wrote.reformatted("const f = (x) => x;\n")))
        .containsExactly(new Label(Truth.CLAUDE, "prettier-near", ""));
  }

  private Label tweaked(String written, String now) {
    return of(hands.tweaked(hands.claude("small", written), "small", now));
  }

  private Label of(AuthoredLine line) {
    return Label.of(line, hands);
  }

  private List<Label> labels(AuthoredText text) {
    return text.lines().stream().map(this::of).toList();
  }
}
