/**
 * Removes, masks and replaces attributes before anything is stored or passed on. {@link
 * dev.assay.receiver.redaction.Redaction} is the door.
 */
@NullMarked
package dev.assay.receiver.redaction;

import org.jspecify.annotations.NullMarked;
