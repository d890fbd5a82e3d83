/**
 * What was acknowledged and is not yet in the database's own file: entries in files, each synced
 * before its commit returns. {@link dev.assay.store.journal.Journal} is the door;
 * docs/format/journal.md describes the files.
 */
@NullMarked
package dev.assay.store.journal;

import org.jspecify.annotations.NullMarked;
