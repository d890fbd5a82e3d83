/** Tests of the store's door. */
@NullMarked
package dev.assay.store;

import org.jspecify.annotations.NullMarked;
