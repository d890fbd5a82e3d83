/**
 * Changes the attributes and texts of an OTLP request, wherever in it they stand. {@link
 * dev.assay.receiver.rewrite.Rewrite} is the door.
 */
@NullMarked
package dev.assay.receiver.rewrite;

import org.jspecify.annotations.NullMarked;
