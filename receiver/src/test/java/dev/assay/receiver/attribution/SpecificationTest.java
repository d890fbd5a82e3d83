package dev.assay.receiver.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/attribution.md against the tests: every rule has an example, and every example a test. */
class SpecificationTest {
  private static final Path PAGE =
      Path.of(System.getProperty("assay.testdata", "../testdata"), "../docs/attribution.md");
  private static final Path TESTS =
      Path.of(System.getProperty("assay.testdata", "../testdata"), "..");
  private static final Pattern RULE = Pattern.compile("\\*\\*([A-Z]\\d)[. *]");
  private static final Pattern NAMED = Pattern.compile("`(\\w+Test)\\.(\\w+)`");

  private static List<String> rules() throws IOException {
    return RULE.matcher(Files.readString(PAGE))
        .results()
        .map(found -> found.group(1))
        .distinct()
        .toList();
  }

  private static Set<String> tests() {
    return Stream.of(
            LineRulesTest.class,
            CandidateRulesTest.class,
            StrategyRulesTest.class,
            BudgetRulesTest.class,
            CommonLineRulesTest.class,
            LandingRulesTest.class,
            SignedLinesTest.class,
            VerdictRulesTest.class)
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .map(Method::getName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void everyRule_hasATestThatBearsItsName() throws IOException {
    List<String> without =
        rules().stream()
            .filter(
                rule ->
                    tests().stream()
                        .noneMatch(name -> name.startsWith(rule.toLowerCase(Locale.ROOT) + "_")))
            .toList();
    assertThat(rules()).contains("N1", "X4", "W1", "S4", "B3", "C4", "T1", "V3", "D1");
    assertThat(without).as("rules of docs/attribution.md without a test").isEmpty();
  }

  @Test
  void everyTest_bearsTheNameOfARule() throws IOException {
    Set<String> known =
        rules().stream()
            .map(rule -> rule.toLowerCase(Locale.ROOT))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(tests().stream().filter(name -> name.matches("[a-z]\\d_.*")))
        .allMatch(name -> known.contains(name.substring(0, 2)));
  }

  @Test
  void everyRule_hasAnExample() throws IOException {
    String page = Files.readString(PAGE);
    List<String> without = new ArrayList<>();
    List<MatchResult> found =
        Pattern.compile("^\\*\\*([A-Z]\\d)\\. ", Pattern.MULTILINE)
            .matcher(page)
            .results()
            .toList();
    for (MatchResult rule : found) {
      int end = page.indexOf("\n\n", rule.start());
      if (!page.substring(rule.start(), end < 0 ? page.length() : end).contains("*Example:*")) {
        without.add(rule.group(1));
      }
    }
    assertThat(without).isEmpty();
  }

  @Test
  void everyHardCase_namesATestThatIsThere() throws IOException {
    List<MatchResult> named = NAMED.matcher(Files.readString(PAGE)).results().toList();
    assertThat(named).hasSizeGreaterThan(30);
    for (MatchResult test : named) {
      assertThat(source(test.group(1))).contains(" " + test.group(2) + "(");
    }
  }

  private static String source(String test) throws IOException {
    for (String module : List.of("receiver", "web", "agent", "store", "proto")) {
      try (Stream<Path> files = Files.walk(TESTS.resolve(module).resolve("src/test/java"))) {
        Path file = files.filter(path -> path.endsWith(test + ".java")).findFirst().orElse(null);
        if (file != null) {
          return Files.readString(file);
        }
      }
    }
    throw new AssertionError("docs/attribution.md names a test class that is not there: " + test);
  }
}
