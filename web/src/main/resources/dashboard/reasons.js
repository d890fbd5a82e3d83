// The words of verdicts, explained.

export const STRATEGIES = {
  exact: "equal to a line that Claude Code wrote, white space, quotes and case aside",
  moved: "equal to a line that Claude Code wrote in another file",
  similar: "at most 20% different from a line that Claude Code wrote",
  reflowed: "the same text as Claude Code's, with line breaks elsewhere",
};

const REASONS = {
  "excluded-file": "this file is left out: lock file, build output, fixture or generated code",
  "too-long": "the line is too long to be judged",
  trivial: "too little remains of the line to count at all",
  "too-short": "Claude Code wrote it, but it is short and stands alone",
  "too-common": "Claude Code wrote it, but it is common and stands alone",
  "written-less-often": "Claude Code wrote this line less often than the change adds it",
  "removed-again": "Claude Code wrote it, and a later edit took it out again",
  "only-moved-by-edit": "the edit had this line before, and only moved it",
  "outside-window": "only edits outside of the window have this line",
  "lines-unknown": "the lines of an edit of this file are not known",
  "too-different": "edits of this file are there; none of their lines is close enough",
  "no-candidate": "no edit of this file by Claude Code is known",
};

export const reason = (word) => REASONS[word] ?? word;
