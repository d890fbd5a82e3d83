package dev.assay.receiver.forward;

/** The way to one endpoint. For several threads. */
interface Link extends AutoCloseable {
  /** One attempt; every failure of the way is an answer too. */
  Answer send(ForwardedSignal signal, byte[] message) throws InterruptedException;

  @Override
  void close();
}
