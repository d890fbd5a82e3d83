package dev.assay.store;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * How the store stands.
 *
 * @param ready whether commits are accepted
 * @param failure why not; null where they are
 * @param facts rows of all facts
 * @param changedFacts how many facts were new or different, since the store was opened
 * @param keysFill 0 to 1: what the keys of the facts take of the memory that they may; at 1 the
 *     database is asked which facts are new, and commits are slower
 * @param learningKeys whether it has yet to read which keys are stored, as for a while after each
 *     start or failed commit; until then the same is asked
 * @param pathsFill 0 to 1: what the paths of the edits, or their days, take of the memory that they
 *     may, whichever is fuller; at 1 the database is asked for them, and attribution is slower
 * @param waiting observations that are acknowledged and not yet joined into facts
 * @param setAside files with something acknowledged that could not be made a fact; 0 where all is
 *     well
 * @param lostTransactions that were committed and were not in the database when it was opened, for
 *     its log had lost its end; what they held of telemetry is applied again
 * @param indexedLines entries of the line index
 * @param indexFill 0 to 1: the fullest window's share of what a window may hold
 * @param indexRebuilding whether the index is being looked through or rebuilt; attribution waits
 *     for it
 * @param diskBytes of the data directory
 * @param retention how far facts are kept; null where the database cannot be asked
 */
public record StoreHealth(
    boolean ready,
    @Nullable String failure,
    long facts,
    long changedFacts,
    double keysFill,
    boolean learningKeys,
    double pathsFill,
    int waiting,
    int setAside,
    long lostTransactions,
    long indexedLines,
    double indexFill,
    boolean indexRebuilding,
    long diskBytes,
    @Nullable Retention retention) {

  /**
   * How far facts are kept.
   *
   * @param oldestDay that has any; null where none has
   * @param deletedRows that were kept long enough or had no room, since the store was opened
   * @param refused observations that came too late to be kept, since the store was opened
   * @param usedBytes of the database's file
   * @param tooLarge whether it takes more than {@code store.retention_size}, and nothing more may
   *     go
   */
  public record Retention(
      @Nullable LocalDate oldestDay,
      long deletedRows,
      long refused,
      long usedBytes,
      boolean tooLarge) {}
}
