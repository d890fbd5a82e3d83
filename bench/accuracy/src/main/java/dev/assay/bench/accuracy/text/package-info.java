/** Text whose every character knows who wrote it, and the label of a line that follows. */
@NullMarked
package dev.assay.bench.accuracy.text;

import org.jspecify.annotations.NullMarked;
