package dev.assay.agent.checkout;

/** Where a file lies. */
public sealed interface Location {

  /**
   * In a checkout.
   *
   * @param path relative to its root, with forward slashes
   */
  record Inside(Checkout checkout, String path) implements Location {}

  /** In no checkout, though the session's folder is in one. */
  record Outside() implements Location {}

  /** In no checkout, or in one that is gone. */
  record NoCheckout() implements Location {}
}
