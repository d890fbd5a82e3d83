package dev.assay.web.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Text in the forms in which it reaches git. */
class TextCasesTest {
  private static final String SUM = "total = sum(item.quantity for item in items)";
  private static final String SHOW = "print(f'total quantity {total}')";
  private static final String BEFORE = cells("[\n    \"print(1)\"\n   ]");

  @TempDir Path folder;
  private World world;

  @BeforeEach
  void begin() throws IOException {
    world = World.in(folder);
  }

  private static String cells(String source) {
    return """
        {
         "cells": [
          {
           "cell_type": "code",
           "id": "cell-1",
           "metadata": {},
           "execution_count": null,
           "outputs": [],
           "source": %s
          }
         ],
         "metadata": {},
         "nbformat": 4,
         "nbformat_minor": 5
        }
        """
        .formatted(source);
  }

  @Test
  void notebook_asClaudeCodeLeavesIt() throws IOException {
    world.base("report.ipynb", BEFORE);
    String source = '"' + SUM + "\\n" + SHOW + '"';
    world.session().cell("report.ipynb", "print(1)", SUM + "\n" + SHOW, cells(source));
    world.merge();
    assertThat(world.verdicts("report.ipynb")).containsExactly("exact: \"source\": " + source);
  }

  @Test
  void notebook_asJupyterSavesIt() throws IOException {
    world.base("report.ipynb", BEFORE);
    String source = '"' + SUM + "\\n" + SHOW + '"';
    world.session().cell("report.ipynb", "print(1)", SUM + "\n" + SHOW, cells(source));
    String first = '"' + SUM + "\\n\",";
    String second = '"' + SHOW + '"';
    world.person("report.ipynb", cells("[\n    " + first + "\n    " + second + "\n   ]"));
    world.merge();
    assertThat(world.verdicts("report.ipynb"))
        .containsExactly("exact: " + first, "exact: " + second);
  }

  @Test
  void notebook_withALineOfAPersonInTheCell_isNobodys() throws IOException {
    world.base("report.ipynb", cells("\"print('a person wrote this')\""));
    String source = "\"print('a person wrote this')\\n" + SHOW + '"';
    world
        .session()
        .cell(
            "report.ipynb",
            "print('a person wrote this')",
            "print('a person wrote this')\n" + SHOW,
            cells(source));
    world.merge();
    assertThat(world.verdicts("report.ipynb"))
        .containsExactly("(too-different): \"source\": " + source);
  }

  @Test
  void crlf_isTheSameLine() throws IOException {
    world.session().write("a.py", SUM + "\n" + SHOW + "\n");
    world.person("a.py", SUM + "\r\n" + SHOW + "\r\n");
    world.merge();
    assertThat(world.verdicts("a.py")).containsExactly("exact: " + SUM, "exact: " + SHOW);
  }

  @Test
  void crlfThatClaudeWrote_isTheSameLine() throws IOException {
    world.base("a.py", "import json\r\nimport sys\r\n");
    world.session().edit("a.py", "import json\r\n", "import json\r\n" + SUM + "\r\n");
    world.person("a.py", "import json\nimport sys\n" + SUM + "\n");
    world.merge();
    assertThat(world.verdicts("a.py")).contains("exact: " + SUM);
  }

  @Test
  void noNewlineAtTheEnd_isTheSameLine() throws IOException {
    world.session().write("a.py", SUM + "\n" + SHOW);
    world.merge();
    assertThat(world.verdicts("a.py")).containsExactly("exact: " + SUM, "exact: " + SHOW);
  }

  @Test
  void newlineAddedAtTheEnd_isStillThePersons() throws IOException {
    world.base("a.py", SUM);
    world.session().edit("a.py", SUM, SUM + "\n" + SHOW + "\n");
    world.merge();
    assertThat(world.verdicts("a.py")).containsExactly("(too-different): " + SUM, "exact: " + SHOW);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "re-indented with tabs | def pay(order): return order.total | \\tdef pay(order):   return\\torder.total",
        "re-quoted | greet = 'hello' + \"world\" | greet = \"hello\" + 'world'",
        "curly quotes | title = 'The “total” of it' | title = \"The 'total' of it\"",
        "other case | select total from orders | SELECT total FROM orders",
        "right to left | greeting = 'שלום עולם טוב' | greeting = \"שלום עולם טוב\"",
        "Arabic | تحية = 'مرحبا بالعالم' | تحية = \"مرحبا بالعالم\"",
        "emoji | cheer('👩‍👩‍👧‍👦 and 😀') | cheer(\"👩‍👩‍👧‍👦 and 😀\")",
      })
  void sameAfterNormalisation(String what, String written, String merged) throws IOException {
    world.session().write("a.py", written + "\n");
    world.person("a.py", merged.replace("\\t", "\t") + "\n");
    world.merge();
    assertThat(world.verdicts("a.py")).as(what).allMatch(line -> line.startsWith("exact: "));
  }

  @Test
  void nfcAndNfd_areEqual_compatibilityFormsAreSimilarAtMost() throws IOException {
    String text = "résumé = 'café à la crème brûlée'";
    world.session().write("a.py", text + "\n").write("b.py", "ﬁ = 'the ligature of two letters'\n");
    world.person("a.py", Normalizer.normalize(text, Normalizer.Form.NFD) + "\n");
    world.person("b.py", "fi = 'the ligature of two letters'\n");
    world.merge();
    assertThat(world.verdicts("a.py")).allMatch(line -> line.startsWith("exact: "));
    assertThat(world.verdicts("b.py")).allMatch(line -> line.startsWith("similar: "));
  }

  @Test
  void binaryFilesLinksAndSubmodules_haveNoVerdicts() throws IOException {
    world.session().write("a.py", SUM + "\n");
    Path root = world.checkout();
    Files.write(root.resolve("logo.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, 1, 2});
    Files.createSymbolicLink(root.resolve("link.py"), Path.of("a.py"));
    Path inner = world.clone("inner", "https://github.com/acme/inner");
    World.git(root, "clone", "-q", inner.toString(), root.resolve("sub").toString());
    world.merge();
    assertThat(world.attribution().verdicts())
        .extracting(verdict -> verdict.path())
        .containsExactly("a.py");
  }
}
