package dev.assay.bench.attribution;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Writes lines that look like code: mostly unlike each other, some as common as in any program. */
final class Code {
  private static final String[] NOUNS = {
    "order", "ledger", "invoice", "customer", "shipment", "parcel", "account", "payment", "refund",
    "basket", "catalog", "session", "token", "balance", "address", "carrier", "warehouse", "stock",
    "voucher", "discount", "currency", "report", "audit", "window", "buffer", "channel", "message",
    "request", "response", "header", "filter", "index", "segment", "record", "batch", "cursor"
  };
  private static final String[] VERBS = {
    "find",
    "load",
    "store",
    "merge",
    "apply",
    "reject",
    "compute",
    "verify",
    "collect",
    "resolve",
    "update",
    "remove",
    "append",
    "parse",
    "format",
    "convert",
    "schedule",
    "cancel",
    "publish"
  };
  private static final String[] COMMON = {
    "return null;", "@Override", "} else {", "continue;", "return result;", "try {", "break;"
  };

  private final Random random;

  Code(long seed) {
    this.random = new Random(seed);
  }

  /** A method of 6 to 17 lines, an empty one behind it. */
  List<String> method() {
    List<String> lines = new ArrayList<>();
    String subject = noun();
    lines.add("  /** " + upper(verb()) + "s the " + subject + " of one " + pair() + ". */");
    if (chance(20)) {
      lines.add("  @Override");
    }
    lines.add("  " + upper(pair()) + " " + verb() + upper(pair()) + "(long " + pair() + "Id) {");
    int statements = 3 + random.nextInt(10);
    for (int i = 0; i < statements; i++) {
      lines.add("    " + (chance(12) ? COMMON[random.nextInt(COMMON.length)] : statement()));
    }
    lines.add("    return " + pair() + ";");
    lines.add("  }");
    lines.add("");
    return lines;
  }

  /** Methods of at least so many lines. */
  List<String> methods(int least) {
    List<String> lines = new ArrayList<>();
    while (lines.size() < least) {
      lines.addAll(method());
    }
    return lines;
  }

  String statement() {
    return switch (random.nextInt(6)) {
      case 0 -> "var " + pair() + " = " + noun() + "." + call() + ";";
      case 1 -> "if (" + pair() + "." + call() + " > " + random.nextInt(10_000) + ") {";
      case 2 ->
          "log.debug(\"" + noun() + " {} has " + pair() + "\", " + pair() + "." + call() + ");";
      case 3 -> pair() + ".set" + upper(pair()) + "(" + noun() + "." + call() + ");";
      case 4 -> "for (" + upper(noun()) + " " + noun() + " : " + pair() + "." + call() + ") {";
      default -> "total" + upper(pair()) + " += " + call() + " * " + random.nextInt(10_000) + ";";
    };
  }

  /** The line as a person left it: a name or a number is another one. */
  String changed(String line) {
    int at = line.length() * 2 / 3;
    return line.length() < 20 ? line : line.substring(0, at) + "q" + line.substring(at + 1);
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  private String call() {
    return verb() + upper(pair()) + "(" + noun() + ", " + random.nextInt(10_000) + ")";
  }

  private String pair() {
    return noun() + upper(noun());
  }

  private String noun() {
    return NOUNS[random.nextInt(NOUNS.length)];
  }

  private String verb() {
    return VERBS[random.nextInt(VERBS.length)];
  }

  private static String upper(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }
}
