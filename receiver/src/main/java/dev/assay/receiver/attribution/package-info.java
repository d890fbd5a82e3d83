/**
 * The verdict on each added line: a pure function of the diff, the base tree, the candidate edits
 * and the version of the rules. docs/attribution.md is its specification.
 */
@NullMarked
package dev.assay.receiver.attribution;

import org.jspecify.annotations.NullMarked;
