/**
 * Measures what attribution costs beside git's own diff. {@link dev.assay.bench.attribution.Main}
 * is the door.
 */
@NullMarked
package dev.assay.bench.attribution;

import org.jspecify.annotations.NullMarked;
