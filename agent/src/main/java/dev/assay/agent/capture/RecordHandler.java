package dev.assay.agent.capture;

/** Takes what capture reads. One thread calls it; it may block when its own queue is full. */
public interface RecordHandler {

  /**
   * A record of a transcript, in the order of the file.
   *
   * @param origin where it stands
   */
  void record(TranscriptRecord record, Origin origin);

  /** All whole lines of the transcript were read, for now. */
  void endOfFile(Origin origin);
}
