/** Assay beside the real OpenTelemetry Collector, in front of it and behind it. */
@NullMarked
package dev.assay.web.collector;

import org.jspecify.annotations.NullMarked;
