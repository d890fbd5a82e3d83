/** Decides what of an observation may leave the machine. */
@NullMarked
package dev.assay.agent.privacy;

import org.jspecify.annotations.NullMarked;
