package dev.assay.store;

import dev.assay.store.fact.Attribution;
import dev.assay.store.fact.Change;
import dev.assay.store.fact.Survival;
import dev.assay.store.report.ChangeSummary;
import dev.assay.store.report.Filter;
import dev.assay.store.report.Page;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Merged changes (pull requests, and commits without one) and the verdicts on them. */
public interface Changes {

  /**
   * Remembers changes as they were found; known ones keep their verdicts unless what they name has
   * changed.
   */
  void found(Collection<Change> changes) throws StoreUnavailableException;

  /**
   * Keeps attributions, each in place of an earlier one of the same change; all or none.
   *
   * @param attributions of two of one change the last stands
   */
  void decided(Collection<Attribution> attributions) throws StoreUnavailableException;

  /** All changes of one repository, oldest first. */
  List<Change> ofRepository(String repository);

  /** The verdicts on the change with this readable key. */
  Optional<Attribution> attribution(String key);

  /**
   * Changes, newest first.
   *
   * @param after opaque: {@code next} of the page before; null for the first
   */
  Page<ChangeSummary> list(
      Filter filter, boolean pullRequestsOnly, int limit, @Nullable String after);

  /**
   * Keeps what became of changes' lines, in place of what was kept of the same change and days. It
   * is dropped where the change is not there any more, or was decided anew, or is undecided.
   */
  void survived(Collection<Survival> survivals) throws StoreUnavailableException;

  /** What is kept of the lines of one repository's changes, in no order. */
  List<Survival> survivals(String repository);

  /** One change by its readable key, without its verdicts. */
  Optional<ChangeSummary> summary(String key);
}
