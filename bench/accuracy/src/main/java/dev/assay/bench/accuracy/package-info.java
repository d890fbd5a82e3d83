/**
 * The accuracy yardstick: pull requests with known authorship, real-format transcripts, and a
 * score. It shares no code with the engine that it judges.
 */
@NullMarked
package dev.assay.bench.accuracy;

import org.jspecify.annotations.NullMarked;
