/** Real formatters, and how looser text comes before them. */
@NullMarked
package dev.assay.bench.accuracy.format;

import org.jspecify.annotations.NullMarked;
