/**
 * What every store must do, whatever its engine: extend {@link
 * dev.assay.store.contract.StoreContract}.
 */
@NullMarked
package dev.assay.store.contract;

import org.jspecify.annotations.NullMarked;
