package dev.assay.receiver.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.store.fact.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/attribution.md, rules S1 to S4 and M1 to M2. */
class StrategyRulesTest {
  @Test
  void s1_equalLine_isExactWithItsEvidence() {
    Verdict verdict =
        new Scene()
            .session("s-7")
            .edit(Scene.FILE, "+int total = price * count;")
            .change(Scene.FILE, "+\tINT total = price *  count;")
            .judge()
            .verdicts()
            .get(0);
    assertThat(verdict)
        .isEqualTo(new Verdict(Scene.FILE, 1, true, true, "exact", "s-7", "toolu_1", 0, null));
  }

  @Test
  void s3_exactlyTwentyPercent_stillCounts() {
    Scene scene =
        new Scene()
            .edit(Scene.FILE, "+abcdefghijklmnopqrst")
            .change(Scene.FILE, "+abcdefghijklmnop1234");
    assertThat(scene.verdicts()).containsExactly("similar");
    assertThat(scene.judge().verdicts().get(0).difference()).isEqualTo(0.2);
  }

  @Test
  void s3_moreThanTwentyPercent_doesNot() {
    Scene scene =
        new Scene()
            .edit(Scene.FILE, "+abcdefghijklmnopqrst")
            .change(Scene.FILE, "+abcdefghijklmno12345");
    assertThat(scene.verdicts()).containsExactly("(too-different)");
  }

  @Test
  void s3_pairs_areOneToOne() {
    Scene scene =
        new Scene()
            .edit(Scene.FILE, "+total = price * count + tax")
            .change(Scene.FILE, "+total = price * count + fax", "+total = price * count + max");
    assertThat(scene.verdicts()).containsExactly("similar", "(too-different)");
  }

  @Test
  void s3_neighbours_decideBetweenSimilarLines() {
    Scene scene =
        new Scene()
            .edit(Scene.FILE, "+open the ledger for today", "+total = price * count + tax")
            .change(
                Scene.FILE,
                "+total = price * count + fax",
                "+people wrote this line here",
                "+open the ledger for today",
                "+total = price * count + max");
    assertThat(scene.verdicts())
        .containsExactly("(too-different)", "(too-different)", "exact", "similar");
  }

  @Test
  void s4_formatterSplitALine_reflowed() {
    Scene scene =
        new Scene()
            .edit(Scene.FILE, "+Receipt receipt = new Receipt(total, count, clock.now());")
            .change(
                Scene.FILE, "+Receipt receipt =", "+    new Receipt(total, count, clock.now());");
    assertThat(scene.verdicts()).containsExactly("reflowed", "reflowed");
    assertThat(scene.judge().tagged()).isTrue();
  }

  @Test
  void s4_lineThatWasWrittenTwice_splitTwice_isReflowedTwice() {
    String written = "+Receipt receipt = new Receipt(total, count, clock.now());";
    String[] split = {"+Receipt receipt =", "+    new Receipt(total, count, clock.now());"};
    Scene scene =
        new Scene()
            .edit(Scene.FILE, written, "+count what was sold", written)
            .change(Scene.FILE, split[0], split[1], "+count what was sold", split[0], split[1]);
    assertThat(scene.verdicts())
        .containsExactly("reflowed", "reflowed", "exact", "reflowed", "reflowed");
  }

  @Test
  void s4_formatterJoinedLines_reflowed() {
    Scene scene =
        new Scene()
            .edit(Scene.FILE, "+Receipt receipt =", "+    new Receipt(total, count);")
            .change(Scene.FILE, "+Receipt receipt = new Receipt(total, count);");
    assertThat(scene.verdicts()).containsExactly("reflowed");
  }

  /** Each as its formatter (google-java-format, black, prettier, gofmt, sql-formatter) does it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "Shop.java | Receipt receipt = new Receipt(total, count, clock.now()); | Receipt receipt =/    new Receipt(total, count, clock.now());",
        "shop.py | receipt = make_receipt(total, count, clock.now(), ledger) | receipt = make_receipt(/    total, count, clock.now(), ledger/)",
        "shop.ts | const receipt = makeReceipt(total, count, clock.now()); | const receipt = makeReceipt(/  total,/  count,/  clock.now(),/);",
        "shop.go | receipt := NewReceipt(total, count, clock.Now(), ledger) | receipt := NewReceipt(/\ttotal, count,/\tclock.Now(), ledger)",
        "shop.css | transition: color 200ms ease-in, background 200ms ease-out; | transition:/  color 200ms ease-in,/  background 200ms ease-out;",
        "shop.sql | select total, count from receipts where till = 7 order by day | select total, count/from receipts/where till = 7/order by day",
      })
  void s4_formattersOfManyLanguages_reflow(String path, String written, String formatted) {
    String[] lines = ("+open the ledger for today/+" + formatted.replace("/", "/+")).split("/", -1);
    Scene scene =
        new Scene().edit(path, "+open the ledger for today", "+" + written).change(path, lines);
    assertThat(scene.verdicts()).filteredOn(v -> !v.equals("(trivial)")).first().isEqualTo("exact");
    assertThat(scene.verdicts().stream().skip(1))
        .allMatch(v -> v.matches("reflowed|exact|\\(trivial\\)"));
    assertThat(scene.verdicts()).contains("reflowed");
  }

  @Test
  void s2_draftThatWasMoved_isMoved() {
    Scene scene =
        new Scene()
            .edit(
                "draft/a.py",
                "+open the ledger for today",
                "+count what was sold",
                "+close the ledger")
            .change(
                "src/b.py",
                "+open the ledger for today",
                "+count what was sold",
                "+close the ledger");
    assertThat(scene.verdicts()).containsOnly("moved");
  }

  @Test
  void s4_punctuationOfTheFormatter_needsANeighbour() {
    String[] split = {"+sell(", "+    first_article,", "+    second_article,", "+)"};
    Scene alone =
        new Scene()
            .edit("shop.py", "+sell(first_article, second_article)")
            .change("shop.py", split);
    assertThat(alone.verdicts())
        .containsExactly("(too-different)", "(too-different)", "(too-different)", "(trivial)");
    Scene beside =
        new Scene()
            .edit("shop.py", "+open the ledger for today", "+sell(first_article, second_article)")
            .change(
                "shop.py", "+open the ledger for today", split[0], split[1], split[2], split[3]);
    assertThat(beside.verdicts())
        .containsExactly("exact", "reflowed", "reflowed", "reflowed", "(trivial)");
  }

  @Test
  void s4_punctuationOfTheFormatter_elsewhere_needsThreeLinesOfTheDraft() {
    String[] draft = {
      "+open the ledger for today", "+sell(first_article, second_article)", "+count what was sold"
    };
    String[] split = {"+sell(", "+    first_article,", "+    second_article,"};
    Scene one =
        new Scene()
            .edit("shop.py", draft[0], draft[1])
            .change("shop.py", "@60", draft[0], split[0], split[1], split[2], "+)");
    assertThat(one.verdicts())
        .containsExactly(
            "exact", "(too-different)", "(too-different)", "(too-different)", "(trivial)");
    Scene three =
        new Scene()
            .edit("shop.py", draft[0], draft[1], draft[2], "+close the ledger for today")
            .change(
                "shop.py",
                "@60",
                draft[0],
                split[0],
                split[1],
                split[2],
                "+)",
                draft[2],
                "+close the ledger for today");
    assertThat(three.verdicts())
        .containsExactly(
            "exact", "reflowed", "reflowed", "reflowed", "(trivial)", "exact", "exact");
  }

  @Test
  void s4_splitLine_elsewhere_needsThreeLinesOfTheDraft() {
    String[] draft = {
      "+open the ledger for today", "+count what was sold", "+close the ledger for today"
    };
    String written = "+Receipt receipt = new Receipt(total, count, clock.now());";
    String[] split = {"+Receipt receipt =", "+    new Receipt(total, count, clock.now());"};
    Scene two =
        new Scene()
            .edit(Scene.FILE, "@10", draft[0], draft[1], "@40", written)
            .change(Scene.FILE, "@60", draft[0], draft[1], "@200", split[0], split[1]);
    assertThat(two.verdicts())
        .containsExactly("exact", "exact", "(too-different)", "(too-different)");
    Scene three =
        new Scene()
            .edit(Scene.FILE, "@10", draft[0], draft[1], draft[2], "@40", written)
            .change(Scene.FILE, "@60", draft[0], draft[1], draft[2], "@200", split[0], split[1]);
    assertThat(three.verdicts()).containsExactly("exact", "exact", "exact", "reflowed", "reflowed");
  }

  @Test
  void s4_shortText_needsANeighbour() {
    Scene alone = new Scene().edit(Scene.FILE, "+sum++; }").change(Scene.FILE, "+sum++;", "+}");
    assertThat(alone.verdicts()).containsExactly("(too-different)", "(trivial)");
    Scene beside =
        new Scene()
            .edit(Scene.FILE, "+ledger.append(receipt);", "+sum++; }")
            .change(Scene.FILE, "+ledger.append(receipt);", "+sum++;", "+}");
    assertThat(beside.verdicts()).containsExactly("exact", "reflowed", "(trivial)");
  }

  @Test
  void s4_rewrappedComment_needsANeighbour() {
    Scene scene =
        new Scene()
            .edit(
                Scene.FILE,
                "+class Till implements Ledger {",
                "+// The till counts what was sold and",
                "+// what it cost.")
            .change(
                Scene.FILE,
                "+class Till implements Ledger {",
                "+// The till counts what was",
                "+// sold and what it cost.");
    assertThat(scene.verdicts()).containsExactly("exact", "reflowed", "reflowed");
  }

  @Test
  void s4_reformattingWhatWasMergedBefore_isPeoples() {
    String merged = "Receipt receipt = new Receipt(total, count, clock.now());";
    Scene scene =
        new Scene()
            .base(Scene.FILE, merged)
            .edit(Scene.FILE, "+" + merged)
            .change(
                Scene.FILE,
                "-" + merged,
                "+Receipt receipt =",
                "+    new Receipt(total, count, clock.now());");
    assertThat(scene.verdicts()).containsExactly("(too-different)", "(too-different)");
  }

  @Test
  void s4_formThatTheEditReplaced_isNotReflowed() {
    Scene scene =
        new Scene()
            .edit(
                Scene.FILE,
                "-Receipt receipt =",
                "-    new Receipt(total, count);",
                "+Receipt receipt = new Receipt(total, count);")
            .change(Scene.FILE, "+Receipt receipt =", "+    new Receipt(total, count);");
    assertThat(scene.verdicts()).containsExactly("(too-different)", "(too-different)");
  }

  /** An earlier change brought Claude's text, and this one only gives it another form. */
  @Test
  void s4_textThatTheChangeRemoves_isOnlyReformatted() {
    String[] removed = {"-Receipt receipt = new Receipt(", "-    total, count, clock.now());"};
    String[] written = {"+Receipt receipt =", "+    new Receipt(total, count, clock.now());"};
    String merged = "+Receipt receipt = new Receipt(total, count, clock.now());";
    Scene earlier =
        new Scene().edit(Scene.FILE, written).change(Scene.FILE, removed[0], removed[1], merged);
    assertThat(earlier.verdicts()).containsExactly("(too-different)");
    Scene byTheEdit =
        new Scene()
            .edit(Scene.FILE, removed[0], removed[1], written[0], written[1])
            .change(Scene.FILE, removed[0], removed[1], merged);
    assertThat(byTheEdit.verdicts()).containsExactly("reflowed");
  }

  /** The edit joined a new line to one that was there; the formatter put that one back. */
  @Test
  void s4_partThatTheEditReplaced_isNotClaudes_butTheRestIs() {
    Scene scene =
        new Scene()
            .edit(
                Scene.FILE,
                "-return ledger.total(receipt);",
                "+if (receipt.isComplete()) return ledger.total(receipt);")
            .change(Scene.FILE, "+if (receipt.isComplete())", "+    return ledger.total(receipt);");
    assertThat(scene.verdicts()).containsExactly("reflowed", "(too-different)");
  }

  @Test
  void s4_partThatAnotherEditWroteToo_leavesTheRest() {
    Scene scene =
        new Scene()
            .edit(Scene.FILE, "+import shop.Ledger; import shop.Receipt;")
            .session("session-2")
            .edit(Scene.FILE, "@2", "+import shop.Receipt;")
            .change(Scene.FILE, "+import shop.Ledger;", "+import shop.Receipt;");
    assertThat(scene.verdicts()).containsExactly("reflowed", "exact");
  }

  @Test
  void s4_otherWords_areNotReflowed() {
    Scene scene =
        new Scene()
            .edit(Scene.FILE, "+Receipt receipt = new Receipt(total, count, clock.now());")
            .change(Scene.FILE, "+Receipt receipt =", "+    new Invoice(sum, number, today());");
    assertThat(scene.verdicts()).containsExactly("(too-different)", "(too-different)");
  }

  @Test
  void m1_editsOfOneSession_areOneDraft() {
    Scene scene =
        new Scene()
            .edit(Scene.FILE, "@10", "+public Receipt sell(Article article) {")
            .edit(Scene.FILE, "@10", "+@Override")
            .change(Scene.FILE, "+@Override", "+public Receipt sell(Article article) {");
    assertThat(scene.verdicts()).containsExactly("exact", "exact");
    assertThat(scene.judge().verdicts())
        .extracting(Verdict::toolUseId)
        .isEqualTo(List.of("toolu_2", "toolu_1"));
  }

  @Test
  void m2_equalLines_goWhereTheirNeighboursAre() {
    Scene scene =
        new Scene()
            .edit(Scene.FILE, "+open the ledger for today", "+total = price * count + tax")
            .change(
                Scene.FILE,
                "+total = price * count + tax",
                "+people wrote this line here",
                "+open the ledger for today",
                "+total = price * count + tax");
    assertThat(scene.verdicts())
        .containsExactly("(written-less-often)", "(too-different)", "exact", "exact");
  }
}
