package dev.assay.receiver.attribution;

import dev.assay.proto.line.NormalisedLine;
import dev.assay.proto.line.NotebookLine;
import dev.assay.proto.v1.Line;

/** The form in which the lines of some edits, and those of the change, can be compared. */
interface Alphabet {
  /** Lines that travelled as text. */
  Alphabet TEXT =
      new Alphabet() {
        @Override
        public ComparedLine added(String source) {
          NormalisedLine line = NormalisedLine.of(source);
          return new ComparedLine(line.text(), line.text(), line.effective());
        }

        @Override
        public ComparedLine written(Line line, boolean notebook) {
          String text = line.getText();
          return added(notebook ? NotebookLine.decoded(text) : text);
        }
      };

  /**
   * A line of the change.
   *
   * @param source its text in git
   */
  ComparedLine added(String source);

  /**
   * A line of an edit.
   *
   * @param notebook whether it may be a JSON string of a notebook's source
   */
  ComparedLine written(Line line, boolean notebook);
}
