package dev.assay.receiver.interpret;

/**
 * Why something that arrived is not, or not whole, among the observations. For every request:
 * records = observed + {@link Kind#IGNORED} + {@link Kind#REJECTED}.
 */
public enum Reason {
  /** An event of Claude Code that no figure rests on. */
  OTHER_EVENT(Kind.IGNORED),
  /** A decision or result of a tool that edits no files. */
  OTHER_TOOL(Kind.IGNORED),
  /** A log record that is neither the agent's nor Claude Code's. */
  FOREIGN_RECORD(Kind.IGNORED),
  /** An event without {@code session.id}: the counters stand in for it, by user and day. */
  NO_SESSION(Kind.IGNORED),
  /** A start of the agents view, which is no conversation. */
  AGENTS_VIEW(Kind.IGNORED),
  /** A refusal by {@code user_abort} of a tool that had started: an interrupt. */
  INTERRUPT(Kind.IGNORED),
  /** A data point that says itself that it has no value. */
  NO_VALUE(Kind.IGNORED),
  /** A span. */
  SPAN(Kind.IGNORED),

  /** No time, or one that cannot be. */
  BAD_TIME(Kind.REJECTED),
  /** An attribute without which there is no fact is missing. */
  MISSING(Kind.REJECTED),
  /** An attribute or number outside what its name allows. */
  BAD_VALUE(Kind.REJECTED),
  /** The body of an edit is not the message that it should be. */
  BAD_BODY(Kind.REJECTED),
  /** The agent sent a word or an event that this version does not know. */
  UNKNOWN_WORD(Kind.REJECTED),
  /** More lines or repositories than one edit may have. */
  TOO_MANY(Kind.REJECTED),
  /** A point of a new series, where as many as may be sent points today already. */
  TOO_MANY_SERIES(Kind.REJECTED),
  /** A sum of unspecified temporality. */
  NO_TEMPORALITY(Kind.REJECTED),

  /** The text of a prompt. */
  PROMPT(Kind.WITHHELD),
  /** The text of the model's response. */
  RESPONSE(Kind.WITHHELD),
  /** The body of a request or response of the model's API. */
  API_BODY(Kind.WITHHELD),
  /** What a tool was given: shell commands, file contents. */
  TOOL_INPUT(Kind.WITHHELD),
  /** The text of an error. */
  ERROR_TEXT(Kind.WITHHELD),
  /** A log record's body that is more than its event's name. */
  LOG_BODY(Kind.WITHHELD),
  /** Any other attribute that is not on the allow list. */
  NOT_LISTED(Kind.WITHHELD),
  /** A value longer than {@link Attributes#LIMIT_VALUE_CHARS}. */
  TOO_LONG(Kind.WITHHELD),

  /** A response of a model that the price table does not know and that names no cost itself. */
  UNKNOWN_PRICE(Kind.NOTED),
  /** A tool's input that came cut or unreadable, so that lines of the edit may be missing. */
  CUT_INPUT(Kind.NOTED),
  /** Lines that came as text and were signed before they were kept, as the content mode asks. */
  TEXT_SIGNED(Kind.NOTED);

  private final Kind kind;

  Reason(Kind kind) {
    this.kind = kind;
  }

  /** What became of it. */
  public Kind kind() {
    return kind;
  }

  /** The reason as counters and pages show it, for instance {@code other-event}. */
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  /** What became of a thing that was not kept. */
  public enum Kind {
    /** A record that says nothing that is kept. Nothing is wrong. */
    IGNORED,
    /** A record that is wrong; its sender hears of it by a partial success. */
    REJECTED,
    /** An attribute or body that may not be kept; its record may be. */
    WITHHELD,
    /** The record was kept, with something missing. */
    NOTED
  }
}
