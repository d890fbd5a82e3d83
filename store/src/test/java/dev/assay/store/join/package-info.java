/** The laws of the join, and what it makes of particular histories. */
@NullMarked
package dev.assay.store.join;

import org.jspecify.annotations.NullMarked;
