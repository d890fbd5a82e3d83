/** A year of an organisation, and how fast the API answers questions about it. */
@NullMarked
package dev.assay.bench.year;

import org.jspecify.annotations.NullMarked;
