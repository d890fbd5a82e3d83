package dev.assay.store.join;

/** {@link Ranked#best} for fields that every source tells. */
final class Known {
  private Known() {}

  static <T extends Comparable<? super T>> Ranked<T> best(Ranked<T> a, Ranked<T> b) {
    if (a.rank() != b.rank()) {
      return a.rank() > b.rank() ? a : b;
    }
    return a.value().compareTo(b.value()) >= 0 ? a : b;
  }
}
