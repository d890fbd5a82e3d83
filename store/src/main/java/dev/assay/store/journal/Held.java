package dev.assay.store.journal;

/**
 * An entry that is durable: its file stays at least until somebody says what became of it, once.
 */
public interface Held {
  /** It is among the facts: the database has committed it. */
  void applied();

  /**
   * It cannot be made a fact, however often it is tried: its file is kept for people to look at.
   */
  void refused();
}
