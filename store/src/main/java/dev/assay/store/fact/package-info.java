/**
 * Observations (what one source said) and facts (the join of all observations with one key). The
 * join is commutative, associative and idempotent, field by field: any order, repetition or mix of
 * sources gives the same facts.
 */
@NullMarked
package dev.assay.store.fact;

import org.jspecify.annotations.NullMarked;
