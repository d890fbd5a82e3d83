package dev.assay.store.join;

import org.jspecify.annotations.Nullable;

/**
 * A field's value with the rank of where it came from. The higher rank wins; among equals the
 * larger value, so that the result does not depend on the order of arrival.
 *
 * @param rank as {@link Join} makes it
 */
public record Ranked<T extends Comparable<? super T>>(T value, long rank) {

  /** The value with this rank, or null where there is no value. */
  public static <T extends Comparable<? super T>> @Nullable Ranked<T> of(
      @Nullable T value, long rank) {
    return value == null ? null : new Ranked<>(value, rank);
  }

  /** The better of two; null means that nothing is known. */
  public static <T extends Comparable<? super T>> @Nullable Ranked<T> best(
      @Nullable Ranked<T> a, @Nullable Ranked<T> b) {
    if (a == null) {
      return b;
    }
    if (b == null) {
      return a;
    }
    if (a.rank != b.rank) {
      return a.rank > b.rank ? a : b;
    }
    return a.value.compareTo(b.value) >= 0 ? a : b;
  }

  /** The value itself; null where nothing is known. */
  public static <T extends Comparable<? super T>> @Nullable T valueOf(@Nullable Ranked<T> ranked) {
    return ranked == null ? null : ranked.value;
  }
}
