/** From sources to the table of the README, in one command. */
@NullMarked
package dev.assay.bench.accuracy.run;

import org.jspecify.annotations.NullMarked;
