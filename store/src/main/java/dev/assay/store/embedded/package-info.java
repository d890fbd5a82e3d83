/**
 * The embedded store: facts in DuckDB, lines in Chronicle Map, one data directory, one process. All
 * SQL and all of Chronicle Map stay in here; docs/format says what lies on disk.
 */
@NullMarked
package dev.assay.store.embedded;

import org.jspecify.annotations.NullMarked;
