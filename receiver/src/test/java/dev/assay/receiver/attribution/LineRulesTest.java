package dev.assay.receiver.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.proto.line.NormalisedLine;
import dev.assay.proto.line.NotebookLine;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/attribution.md, rules N1 to N4 and X1 to X3. */
class LineRulesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "total  =  Price + tax;| total = price + tax;",
        "^\ttotal = price + tax;^|^    total = price + tax;^",
        "print('cafe\u0301 total')|print(\"caf\u00e9 total\")",
        "say(\u201chello there\u201d)|say(`hello there`)",
        "const TOTAL_PRICE = 1|const total_price = 1",
        "^greet = 'shalom \u05e9\u05dc\u05d5\u05dd'^|^greet = \"shalom \u05e9\u05dc\u05d5\u05dd\"^",
      })
  void n1_normalisedAlike_areEqual(String written, String merged) {
    Scene scene = new Scene().edit(Scene.FILE, "+" + written).change(Scene.FILE, "+" + merged);
    assertThat(scene.verdicts()).containsExactly("exact");
  }

  @Test
  void n1_crlfAtTheEnd_isWhiteSpace() {
    assertThat(NormalisedLine.of("total = price;\r").text()).isEqualTo("total = price;");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "}", "});", "/****/", "a b", "  }  "})
  void n2_tooLittleRemains_neverCounts(String line) {
    Scene scene = new Scene().edit(Scene.FILE, "+" + line).change(Scene.FILE, "+" + line);
    assertThat(scene.verdicts()).containsExactly("(trivial)");
    assertThat(scene.judge().verdicts().get(0).effective()).isFalse();
  }

  @Test
  void n2_fourCharactersWithALetter_isEffective() {
    assertThat(NormalisedLine.of("x = 1").effective()).isTrue();
    assertThat(NormalisedLine.of("a();").effective()).isTrue();
    assertThat(NormalisedLine.of("é=\uD83D\uDE00").effective()).isFalse();
  }

  @Test
  void n3_upToTheLimit_countsAndOneMoreDoesNot() {
    String limit = "x".repeat(NormalisedLine.LIMIT_CHARS);
    Scene scene =
        new Scene()
            .edit(Scene.FILE, "+" + limit, "+" + limit + "x")
            .change(Scene.FILE, "+" + limit, "+" + limit + "x");
    assertThat(scene.verdicts()).containsExactly("exact", "(too-long)");
    assertThat(scene.judge().verdicts().get(1).effective()).isFalse();
  }

  @Test
  void n4_cellOfANotebook_isFoundInTheJson() {
    Scene scene =
        new Scene()
            .tool("NotebookEdit")
            .edit("plot.ipynb", "+prices = load(\"prices.csv\")", "+print(f\"{prices!r}\\t\")")
            .change(
                "plot.ipynb",
                "+   \"source\": [",
                "+    \"prices = load(\\\"prices.csv\\\")\\n\",",
                "+    \"print(f\\\"{prices!r}\\\\t\\\")\"",
                "+   ]");
    assertThat(scene.verdicts()).containsExactly("(too-different)", "exact", "exact", "(trivial)");
  }

  @Test
  void n4_notebookWrittenAsAFile_isJsonOnBothSides() {
    String cell = "    \"total = sum(prices)\\n\",";
    Scene scene =
        new Scene().tool("Write").edit("plot.ipynb", "+" + cell).change("plot.ipynb", "+" + cell);
    assertThat(scene.verdicts()).containsExactly("exact");
  }

  private static final String LOAD = "prices = load(\"prices.csv\")";
  private static final String SHOW = "print(f\"{prices!r}\\t\")";

  /** As Claude Code leaves a cell that it edited. */
  private static String cell(String... lines) {
    return "   \"source\": \""
        + String.join("\n", lines).replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n")
        + "\",";
  }

  private static Scene notebook(String... changed) {
    return new Scene()
        .tool("NotebookEdit")
        .edit("plot.ipynb", "@0", "+" + LOAD, "+" + SHOW, "+x = 1")
        .change("plot.ipynb", changed);
  }

  @Test
  void n4_cellInOneString_countsWhereAllOfItIsClaudes() {
    Scene scene = notebook("+" + cell(LOAD, "", SHOW, "x = 1"));
    assertThat(scene.verdicts()).containsExactly("exact");
    assertThat(scene.judge().tagged()).isTrue();
  }

  @Test
  void n4_cellInOneString_withAPersonsLine_doesNotCount() {
    assertThat(notebook("+" + cell(LOAD, "people.wrote(this)", SHOW)).verdicts())
        .containsExactly("(too-different)");
  }

  @Test
  void n4_cellInOneString_needsADistinctiveLine() {
    assertThat(notebook("+" + cell("x = 1")).verdicts()).containsExactly("(too-short)");
  }

  @Test
  void n4_cellInOneString_usesEachWrittenLineOnce() {
    assertThat(notebook("+" + cell(LOAD, SHOW), "+" + cell(LOAD)).verdicts())
        .containsExactly("exact", "(written-less-often)");
    assertThat(notebook("+" + cell(LOAD, LOAD), "+" + cell(LOAD)).verdicts())
        .containsExactly("(written-less-often)", "exact");
  }

  @Test
  void n4_cellInOneString_ofTwoEdits_isJudgedWhole() {
    Scene scene =
        new Scene()
            .tool("NotebookEdit")
            .edit("plot.ipynb", "@0", "+" + LOAD, "+" + SHOW)
            .edit("plot.ipynb", "@0", "-" + SHOW, "+plot(prices, kind=\"bar\")")
            .change(
                "plot.ipynb",
                "+" + cell(LOAD, "plot(prices, kind=\"bar\")"),
                "+" + cell(LOAD, SHOW));
    assertThat(scene.verdicts()).containsExactly("exact", "(removed-again)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "\"a \\u00e9 \\uD83D\\uDE00\"|a \u00e9 \uD83D\uDE00",
        "\"a \\q\"|\"a \\q\"",
        "\"a \\u00g9\"|\"a \\u00g9\"",
        "\"a \\|\"a \\",
        "\"key\": \"value\"|\"key\": \"value\"",
        "plain|plain",
        "\"|\"",
      })
  void n4_onlyOneWholeString_isDecoded(String json, String expected) {
    assertThat(NotebookLine.decoded(json)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yarn.lock",
        "web/deps.lockfile",
        "bun.lockb",
        "package-lock.json",
        "pnpm-lock.yaml",
        "conda-lock.yml",
        "go.sum",
        "npm-shrinkwrap.json",
        "ui/App.test.js.snap",
        "api/shop.pb.go",
        "api/shop.pb.cc",
        "shop_pb2.py",
        "shop_pb2_grpc.py",
        "static/app.min.js",
        "app.min.css"
      })
  void x1_files_areLeftOut(String path) {
    assertThat(ExclusionTable.standard().excludes(path, List.of())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dist/app.js",
        "web/build/app.js",
        "node_modules/x/y.js",
        "a/target/b.java",
        "vendor/x.go",
        "test/fixture/a.py",
        "test/fixtures/a.py",
        "testdata/a.txt",
        "src/mocks/a.ts",
        "src/__mocks__/a.ts",
        "ui/__snapshots__/a.js",
        "spec/cassettes/a.yml"
      })
  void x2_directories_areLeftOut(String path) {
    assertThat(ExclusionTable.standard().excludes(path, List.of())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "src/lock.py",
        "flock/a.c",
        "src/builder/a.py",
        "distance.py",
        "target",
        "snap.py",
        "src/pb.go",
        "go.summary",
        "min.js"
      })
  void x1_x2_nearMisses_stay(String path) {
    assertThat(ExclusionTable.standard().excludes(path, List.of("package shop;"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "// @generated by tool",
        "// Code generated by protoc. DO NOT EDIT.",
        "# This file was automatically generated"
      })
  void x3_marker_countsInTheFirstTenLinesOnly(String marker) {
    List<String> nine = List.of("1", "2", "3", "4", "5", "6", "7", "8", "9");
    List<String> ten = List.of("1", "2", "3", "4", "5", "6", "7", "8", "9", "10");
    ExclusionTable table = ExclusionTable.standard();
    assertThat(table.excludes("a.go", append(nine, marker))).isTrue();
    assertThat(table.excludes("a.go", append(ten, marker))).isFalse();
  }

  @Test
  void x3_lineOfAnExcludedFile_isNeverAttributed() {
    Scene scene =
        new Scene()
            .edit("package-lock.json", "+  \"version\": \"1.2.3-very-distinctive\"")
            .change("package-lock.json", "+  \"version\": \"1.2.3-very-distinctive\"");
    assertThat(scene.verdicts()).containsExactly("(excluded-file)");
    assertThat(scene.judge().tagged()).isFalse();
  }

  @Test
  void x4_configuration_extendsTheTable() {
    ExclusionTable table =
        ExclusionTable.standardAnd(
            List.of("*.golden"), List.of("third_party"), List.of("hands off"));
    assertThat(table.excludes("a.golden", List.of())).isTrue();
    assertThat(table.excludes("third_party/a.c", List.of())).isTrue();
    assertThat(table.excludes("a.c", List.of("// HANDS OFF"))).isTrue();
    assertThat(table.excludes("yarn.lock", List.of())).isTrue();
  }

  @Test
  void x4_patternsOfTheConfiguration_areFilesAndDirectories() {
    ExclusionTable table =
        Rules.standard().excluding(List.of("*.golden", "third_party/"), List.of()).exclusions();
    assertThat(table.excludes("src/a.golden", List.of())).isTrue();
    assertThat(table.excludes("lib/third_party/a.c", List.of())).isTrue();
    assertThat(table.excludes("third_party", List.of())).isFalse();
    assertThat(table.excludes("go.sum", List.of())).isTrue();
  }

  @Test
  void x4_markersOfTheConfiguration_areTextsInTheFirstTenLines() {
    ExclusionTable table =
        Rules.standard().excluding(List.of(), List.of("made by protogen (c)")).exclusions();
    List<String> nine = Collections.nCopies(9, "// nothing");
    assertThat(table.excludes("a.c", append(nine, "// Made by Protogen (C)."))).isTrue();
    assertThat(table.excludes("a.c", append(append(nine, ""), "made by protogen (c)"))).isFalse();
    assertThat(table.excludes("a.c", List.of("made by protogen c"))).isFalse();
    assertThat(table.excludes("a.c", List.of("// @generated"))).isTrue();
  }

  private static List<String> append(List<String> lines, String last) {
    return java.util.stream.Stream.concat(lines.stream(), java.util.stream.Stream.of(last))
        .toList();
  }
}
