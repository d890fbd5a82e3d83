package dev.assay.bench.accuracy.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LoosenerTest {
  private static final String SOURCE =
      """
      class Cart {
        /**
         * Adds what the customer chose, in the order in which it was chosen, and tells the listeners
         * that something changed in the cart so that the total can be shown again.
         */
        void add(List<Item> chosen, Listener listener) {
          chosen.stream()
              .filter(item -> item.quantity() > 0 && item.price() > 0)
              .forEach(item -> put(item.key(), item, listener, "a string, with (commas)"));
          boolean changed =
              total != previousTotal && !listener.isMuted() && somethingElse.isAlsoTrue(total);
        }
      }
      """;

  private final Formatter formatter = Formatters.builtIn().of("Cart.java").orElseThrow();

  @Test
  void loosenedJava_isFormattedBack() {
    Random random = new Random(5);
    String formatted = formatter.format("Cart.java", SOURCE).orElseThrow();
    List<String> lines = formatted.lines().toList();
    int changed = 0;
    for (int round = 0; round < 100; round++) {
      List<String> loose = Loosener.loosen("Cart.java", lines, random);
      changed += loose.equals(lines) ? 0 : 1;
      assertThat(formatter.format("Cart.java", String.join("\n", loose) + "\n"))
          .hasValue(formatted);
    }
    assertThat(changed).isGreaterThan(90);
  }

  @Test
  void textWithStringsOfSeveralLines_isLeftAlone() {
    List<String> lines = List.of("String s =", "    \"\"\"", "    text", "    \"\"\";");
    assertThat(Loosener.loosen("A.java", lines, new Random(1))).isEqualTo(lines);
  }

  @Test
  void whatCannotBeRead_isNotFormatted() {
    assertThat(formatter.format("A.java", "class {")).isEmpty();
  }
}
