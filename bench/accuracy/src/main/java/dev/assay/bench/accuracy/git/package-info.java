/** Git, driven as a command. */
@NullMarked
package dev.assay.bench.accuracy.git;

import org.jspecify.annotations.NullMarked;
