/**
 * What the line index costs: lines a second, bytes a line, memory; and the whole store's memory.
 */
@NullMarked
package dev.assay.bench.lines;

import org.jspecify.annotations.NullMarked;
