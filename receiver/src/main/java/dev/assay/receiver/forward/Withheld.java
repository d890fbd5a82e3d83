package dev.assay.receiver.forward;

/** What of one request stays here. Not for several threads. */
final class Withheld {
  private long attributes;
  private long texts;
  private long bodies;
  private long records;

  /** An attribute that is not on the allow list, or whose value is too long or no scalar. */
  void attribute() {
    attributes++;
  }

  /** A text that is no attribute, for instance the message of a span's status. */
  void text() {
    texts++;
  }

  /** The body of a log record, lines of an edit included. */
  void body() {
    bodies++;
  }

  /** A whole record. */
  void record() {
    records++;
  }

  long attributes() {
    return attributes;
  }

  long texts() {
    return texts;
  }

  long bodies() {
    return bodies;
  }

  long records() {
    return records;
  }
}
