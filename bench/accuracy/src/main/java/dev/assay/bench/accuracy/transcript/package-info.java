/** Claude Code's transcripts, in the shapes that its versions write. */
@NullMarked
package dev.assay.bench.accuracy.transcript;

import org.jspecify.annotations.NullMarked;
