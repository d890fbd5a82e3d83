/**
 * Counts how many lines of merged changes still stand after some days. {@link
 * dev.assay.receiver.survival.Survivors} is the door.
 */
@NullMarked
package dev.assay.receiver.survival;

import org.jspecify.annotations.NullMarked;
