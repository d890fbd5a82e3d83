package dev.assay.receiver.redaction;

/** What is done to each signal. */
public record Redactions(Redaction logs, Redaction metrics, Redaction traces) {
  /** Nothing. */
  public static Redactions none() {
    return new Redactions(Redaction.none(), Redaction.none(), Redaction.none());
  }
}
