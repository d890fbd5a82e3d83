/**
 * Judges records: which session they are of, what became of a proposed edit, which lines it put
 * where. What comes out is an {@link dev.assay.agent.observe.Observation}.
 */
@NullMarked
package dev.assay.agent.observe;

import org.jspecify.annotations.NullMarked;
