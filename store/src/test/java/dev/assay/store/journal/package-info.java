/** Tests of the journal. */
@NullMarked
package dev.assay.store.journal;

import org.jspecify.annotations.NullMarked;
