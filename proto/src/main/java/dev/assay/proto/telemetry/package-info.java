/** The names on the wire between agent and receiver: events, attributes, scopes. */
@NullMarked
package dev.assay.proto.telemetry;

import org.jspecify.annotations.NullMarked;
