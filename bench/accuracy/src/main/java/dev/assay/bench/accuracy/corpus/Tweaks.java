package dev.assay.bench.accuracy.corpus;

import dev.assay.bench.accuracy.text.LineText;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What people do to a line that Claude wrote. Null where the line does not lend itself to it. */
final class Tweaks {
  private static final Pattern WORD = Pattern.compile("[A-Za-z_]{3,}");
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";

  private Tweaks() {}

  static String reindented(String line, Random random) {
    if (line.isBlank()) {
      return line;
    }
    String pad = random.nextBoolean() ? "\t" : "      ";
    return pad + line.strip().replaceAll(" (?=[=+(<>-])", "  ");
  }

  static @Nullable String requoted(String line) {
    StringBuilder out = new StringBuilder(line);
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      out.setCharAt(i, c == '"' ? '\'' : c == '\'' ? '"' : c);
    }
    return changed(line, out.toString());
  }

  static @Nullable String recased(String line, Random random) {
    Locale root = Locale.ROOT;
    String now = random.nextBoolean() ? line.toUpperCase(root) : line.toLowerCase(root);
    return LineText.difference(line, now) == 0 ? changed(line, now) : null;
  }

  /** Letters replaced until the share lies between both ends, or null. */
  static @Nullable String edited(String line, double low, double high, Random random) {
    int length = LineText.normalise(line).length();
    if (length < 20) {
      return null;
    }
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < line.length(); i++) {
      if (LETTERS.indexOf(Character.toLowerCase(line.charAt(i))) >= 0) {
        places.add(i);
      }
    }
    Collections.shuffle(places, random);
    for (double share : new double[] {high, (low + high) / 2, low}) {
      int count = (int) Math.floor(share * length + 1e-9);
      if (count == 0 || count > places.size()) {
        continue;
      }
      StringBuilder out = new StringBuilder(line);
      for (int place : places.subList(0, count)) {
        out.setCharAt(place, otherThan(line.charAt(place), random));
      }
      double share2 = LineText.difference(line, out.toString());
      if (share2 >= low && share2 <= high) {
        return out.toString();
      }
    }
    return null;
  }

  /** One word replaced by another, 1 to 15% of the line; the way people really change a line. */
  static @Nullable String oneWord(String line, Random random) {
    List<Matcher> words = new ArrayList<>();
    Matcher all = WORD.matcher(line);
    while (all.find()) {
      Matcher here = WORD.matcher(line);
      if (here.find(all.start())) {
        words.add(here);
      }
    }
    Collections.shuffle(words, random);
    for (Matcher word : words) {
      String now =
          line.substring(0, word.start())
              + word(word.group().length(), random)
              + line.substring(word.end());
      double share = LineText.difference(line, now);
      if (share >= 0.01 && share <= 0.15) {
        return now;
      }
    }
    return null;
  }

  /** Another line in its place. */
  static String rewritten(String line, Random random) {
    if (line.isBlank()) {
      return line;
    }
    StringBuilder out =
        new StringBuilder(line.substring(0, line.length() - line.stripLeading().length()));
    int words = Math.max(3, line.strip().split("\\s+", -1).length);
    for (int i = 0; i < words; i++) {
      out.append(i == 0 ? "" : " ").append(word(3 + random.nextInt(7), random));
    }
    return out.toString();
  }

  /** A line of prose with accents, composed. */
  static @Nullable String accented(String line) {
    String text = line.strip();
    if (!(text.startsWith("*") || text.startsWith("//") || text.startsWith("#"))
        || text.length() < 20) {
      return null;
    }
    return changed(line, line.replace("e", "\u00e9").replace("u", "\u00fc"));
  }

  static String decomposed(String line) {
    return Normalizer.normalize(line, Normalizer.Form.NFD);
  }

  private static @Nullable String changed(String line, String now) {
    return now.equals(line) ? null : now;
  }

  /** A word of random letters. */
  static String word(int length, Random random) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < length; i++) {
      out.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return out.toString();
  }

  private static char otherThan(char c, Random random) {
    char now = c;
    while (Character.toLowerCase(now) == Character.toLowerCase(c)) {
      now = LETTERS.charAt(random.nextInt(LETTERS.length()));
    }
    return now;
  }
}
