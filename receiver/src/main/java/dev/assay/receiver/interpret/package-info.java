/**
 * What telemetry means: an OTLP request in, observations out. {@link
 * dev.assay.receiver.interpret.Interpreter} is the one door, and a pure one: it keeps nothing
 * between calls and asks no clock.
 */
@NullMarked
package dev.assay.receiver.interpret;

import org.jspecify.annotations.NullMarked;
