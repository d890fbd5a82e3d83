package dev.assay.receiver.attribution;

import java.util.List;
import java.util.Random;

/** Random lines: long ones of which no two are alike by chance, and a few that everybody writes. */
final class Words {
  /** Stands in three other files of the base tree. */
  static final String IMPORT = "import acme.shop.everything.Common;";

  private static final List<String> WEAK =
      List.of("return a;", "return b;", "@Override", "} else {", IMPORT);

  private final Random random;

  Words(Random random) {
    this.random = random;
  }

  /** A line that proves nothing alone. */
  String weak() {
    return WEAK.get(random.nextInt(WEAK.size()));
  }

  /** Texts that are similar to each other, rule S3, count as one. */
  static String family(String text) {
    String key = Row.key(text);
    return key.equals("return b;") ? "return a;" : key;
  }

  static boolean isWeak(String text) {
    return WEAK.stream().anyMatch(weak -> Row.key(weak).equals(Row.key(text)));
  }

  String indent() {
    return " ".repeat(2 * random.nextInt(4));
  }

  String sentence() {
    StringBuilder text = new StringBuilder();
    int words = 5 + random.nextInt(4);
    for (int i = 0; i < words; i++) {
      text.append(i == 0 ? "" : " ").append(i == 2 ? "\"" : "").append(word());
      text.append(i == 2 ? "\"" : "");
    }
    return text.append(';').toString();
  }

  /** A line within a block of comment. */
  String comment() {
    StringBuilder text = new StringBuilder(" *");
    int words = 6 + random.nextInt(4);
    for (int i = 0; i < words; i++) {
      text.append(' ').append(word());
    }
    return text.toString();
  }

  private String word() {
    StringBuilder word = new StringBuilder();
    int letters = 5 + random.nextInt(6);
    for (int i = 0; i < letters; i++) {
      word.append((char) ('a' + random.nextInt(26)));
    }
    return word.toString();
  }
}
