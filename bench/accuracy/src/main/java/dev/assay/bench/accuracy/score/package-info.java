/** Verdicts held against known authorship. */
@NullMarked
package dev.assay.bench.accuracy.score;

import org.jspecify.annotations.NullMarked;
