/**
 * Passes what arrived on to further OTLP endpoints. {@link dev.assay.receiver.forward.Forwarder} is
 * the door. Of a request only that leaves which docs/telemetry.md lists.
 */
@NullMarked
package dev.assay.receiver.forward;

import org.jspecify.annotations.NullMarked;
