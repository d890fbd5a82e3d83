/**
 * The join: what is known under one key, from all that was observed of it. Pure functions, without
 * an engine: each {@code join} is commutative, associative and idempotent, so that any order, any
 * repetition and any mix of sources ends in the same fact. Every store uses these.
 */
@NullMarked
package dev.assay.store.join;

import org.jspecify.annotations.NullMarked;
