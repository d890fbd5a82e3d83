/** Brings observations to the wire: with their repository, without what must stay here. */
@NullMarked
package dev.assay.agent.outbound;

import org.jspecify.annotations.NullMarked;
