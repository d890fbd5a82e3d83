/** Delivers the spool's messages to the receiver with OpenTelemetry's own exporter. */
@NullMarked
package dev.assay.agent.ship;

import org.jspecify.annotations.NullMarked;
