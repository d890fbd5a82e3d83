package dev.assay.web.api;

import org.jspecify.annotations.Nullable;

/** Quotients of counts. */
final class Rate {
  private Rate() {}

  /** Null where there is nothing to divide by: no data is not zero. */
  static @Nullable Double of(long part, long whole) {
    return whole <= 0 ? null : (double) part / whole;
  }
}
