/**
 * The embedded store: facts in DuckDB, lines in hash tables of its own, one data directory, one
 * process. All SQL and all mapped files stay in here; docs/format says what lies on disk.
 */
@NullMarked
package dev.assay.store.embedded;

import org.jspecify.annotations.NullMarked;
