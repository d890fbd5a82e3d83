/** Tests of the embedded store: the contract, and what is its alone. */
@NullMarked
package dev.assay.store.embedded;

import org.jspecify.annotations.NullMarked;
