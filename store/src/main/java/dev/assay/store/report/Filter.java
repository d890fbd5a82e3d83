package dev.assay.store.report;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Which part of the facts a figure is about. Null means all.
 *
 * @param from first day, included
 * @param to last day, included
 * @param repository as {@code host/owner/name}
 * @param user as shown
 */
public record Filter(
    @Nullable LocalDate from,
    @Nullable LocalDate to,
    @Nullable String repository,
    @Nullable String user) {
  /** Everything. */
  public static final Filter ALL = new Filter(null, null, null, null);
}
