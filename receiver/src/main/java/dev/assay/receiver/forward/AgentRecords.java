package dev.assay.receiver.forward;

/** What is passed on of the records of Assay's own agent. */
public enum AgentRecords {
  /** Nothing. */
  NONE,
  /** Their attributes; the lines of edits stay here. */
  WITHOUT_LINES,
  /** The lines of edits too, for another Assay server. */
  ALL
}
