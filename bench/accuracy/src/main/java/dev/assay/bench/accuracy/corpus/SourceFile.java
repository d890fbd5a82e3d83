package dev.assay.bench.accuracy.corpus;

import org.jspecify.annotations.Nullable;

/**
 * A file that a commit of the source history changes.
 *
 * @param before its text, or null where the commit creates it
 */
record SourceFile(String path, @Nullable String before, String after) {}
