/**
 * The agent's wire contract: observations as OTLP log records, gathered into export requests.
 * docs/telemetry.md lists every name.
 */
@NullMarked
package dev.assay.agent.wire;

import org.jspecify.annotations.NullMarked;
