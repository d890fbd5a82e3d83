/** The doors through which the bench reaches the index itself, in the index's own package. */
@NullMarked
package dev.assay.store.embedded;

import org.jspecify.annotations.NullMarked;
