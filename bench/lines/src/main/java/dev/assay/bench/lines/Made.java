package dev.assay.bench.lines;

import dev.assay.proto.v1.EditLines;
import dev.assay.proto.v1.Hunk;
import dev.assay.proto.v1.Line;
import java.time.Instant;
import java.util.Locale;

/** Edits of numbered lines that look like source, over the days for which lines are kept. */
public final class Made {
  public static final String REPOSITORY = "github.com/acme/shop";

  /** In how many files of the repository edits are made. */
  private static final int FILES = 5_000;

  private static final int EDITS_OF_A_SESSION = 40;
  private static final long KEPT_MILLIS = 120L * 24 * 60 * 60 * 1000;

  private final double millisApart;

  /** As many edits as so many lines are, evenly over the time. */
  public Made(long lines) {
    millisApart = (double) KEPT_MILLIS / Math.max(1, lines / Lines.EDIT);
  }

  /** A line of source, indented, of some 30 to 60 characters, unlike any other. */
  public static String text(long line) {
    long bits = Numbers.mix(line);
    String name = Long.toString(bits >>> 20, 36);
    return switch ((int) (bits & 3)) {
      case 0 -> "    var total_" + name + " = compute(" + (bits >>> 44) + ");";
      case 1 -> "      if (Order" + name + ".isOpen()) {";
      case 2 -> "  return new Parcel(\"" + name + "\", weight, Unit.GRAM);";
      default -> "        log.info(\"shipped {} of {}\", " + name + ", count);";
    };
  }

  /** The lines that an edit added. */
  public static EditLines lines(long edit) {
    Hunk.Builder hunk = Hunk.newBuilder().setNewStart(1);
    for (long line = edit * Lines.EDIT; line < (edit + 1) * Lines.EDIT; line++) {
      hunk.addAdded(Line.newBuilder().setText(text(line)));
    }
    return EditLines.newBuilder().addHunks(hunk).build();
  }

  /** When an edit was made. */
  public Instant time(long edit) {
    return Instant.ofEpochSecond(Numbers.second(0)).plusMillis((long) (edit * millisApart));
  }

  /** Its tool use id. */
  public static String id(long edit) {
    return String.format(Locale.ROOT, "toolu_01%013x%016x", edit, Numbers.edit(edit));
  }

  /** Its session. */
  public static String session(long edit) {
    return "session-" + edit / EDITS_OF_A_SESSION;
  }

  /** Its file. */
  public static String path(long edit) {
    int file = Math.floorMod(Numbers.edit(edit), FILES);
    return "src/main/java/shop/part" + file % 50 + "/Other" + file + ".java";
  }
}
