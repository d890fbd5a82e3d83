/**
 * Who may come in, and what he may do there. {@link dev.assay.receiver.access.Tokens} is the door.
 */
@NullMarked
package dev.assay.receiver.access;

import org.jspecify.annotations.NullMarked;
