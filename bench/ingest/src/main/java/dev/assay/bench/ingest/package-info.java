/** Sends made telemetry to a receiver as fast as it takes it, and says how fast that was. */
@NullMarked
package dev.assay.bench.ingest;

import org.jspecify.annotations.NullMarked;
