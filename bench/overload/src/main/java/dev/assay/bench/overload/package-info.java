/** Sends more than a server can take, and says what becomes of it. */
@NullMarked
package dev.assay.bench.overload;

import org.jspecify.annotations.NullMarked;
