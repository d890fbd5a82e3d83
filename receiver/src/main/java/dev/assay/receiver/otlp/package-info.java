/**
 * OTLP over gRPC and over HTTP. {@link dev.assay.receiver.otlp.OtlpReceiver} is the door. A request
 * is decoded, interpreted and committed to the store, and only then acknowledged.
 */
@NullMarked
package dev.assay.receiver.otlp;

import org.jspecify.annotations.NullMarked;
