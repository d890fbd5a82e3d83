/**
 * What Assay keeps: facts, the index of lines, series. {@link dev.assay.store.Store} is the one
 * door; everything about the engines (SQL, mapped files, files) stays behind it.
 */
@NullMarked
package dev.assay.store;

import org.jspecify.annotations.NullMarked;
