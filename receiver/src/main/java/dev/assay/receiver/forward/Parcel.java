package dev.assay.receiver.forward;

/**
 * A request that waits to be passed on.
 *
 * @param message protobuf, redacted, not yet sieved; never written to
 */
@SuppressWarnings("ArrayRecordComponent") // shared between endpoints, and nobody compares them
record Parcel(ForwardedSignal signal, byte[] message) {
  long bytes() {
    return message.length;
  }
}
