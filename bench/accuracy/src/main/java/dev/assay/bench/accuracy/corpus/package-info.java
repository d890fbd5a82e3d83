/** Pull requests with known authorship, made out of any git history. */
@NullMarked
package dev.assay.bench.accuracy.corpus;

import org.jspecify.annotations.NullMarked;
