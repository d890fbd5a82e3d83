/** Kills a store under load, again and again, and asks for what it acknowledged. */
@NullMarked
package dev.assay.bench.crash;

import org.jspecify.annotations.NullMarked;
