package dev.assay.receiver.attribution;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The limits of attribution, and who is told each time that one leaves something out. Telling
 * changes no verdict.
 */
public final class Limits {
  private static final Limits STANDARD = new Limits(Map.of(), limit -> {});

  private final Map<Limit, Long> others;
  private final Consumer<Limit> told;

  private Limits(Map<Limit, Long> others, Consumer<Limit> told) {
    this.others = others;
    this.told = told;
  }

  /** Those of docs/attribution.md; nobody is told. */
  public static Limits standard() {
    return STANDARD;
  }

  /**
   * The same, telling somebody.
   *
   * @param told gets a limit each time that it leaves something out, from the thread that judges
   */
  public Limits telling(Consumer<Limit> told) {
    return new Limits(others, told);
  }

  /** The same but for one number. */
  Limits with(Limit limit, long number) {
    Map<Limit, Long> more = new EnumMap<>(Limit.class);
    more.putAll(others);
    more.put(limit, number);
    return new Limits(more, told);
  }

  long of(Limit limit) {
    return others.getOrDefault(limit, limit.standard());
  }

  /** Whether a number is past a limit, which is told. */
  boolean past(Limit limit, long number) {
    boolean past = number > of(limit);
    if (past) {
      told.accept(limit);
    }
    return past;
  }
}
