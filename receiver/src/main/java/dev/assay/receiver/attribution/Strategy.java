package dev.assay.receiver.attribution;

import java.util.Locale;

/** By what a line was recognised, best first. docs/attribution.md, rules S1 to S4. */
public enum Strategy {
  /** Equal after normalisation, in the same or a renamed file. */
  EXACT,
  /** Equal after normalisation, from another file. */
  MOVED,
  /** At most 20% different. */
  SIMILAR,
  /** Split, joined or spaced otherwise by a formatter. */
  REFLOWED;

  /** The word that a verdict carries. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
