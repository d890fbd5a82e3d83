package dev.assay.receiver.attribution;

import dev.assay.proto.line.LineHash;

/**
 * How common lines are in the tree that a change is made to. A common line proves nothing alone.
 */
public interface BaseTree {

  /**
   * In how many files of the base tree a line with this normalised text stands; may stop counting
   * at 3.
   */
  default int filesWith(String normalisedLine) {
    return filesWith(LineHash.of(normalisedLine));
  }

  /** The same of the line with this {@link LineHash}; 0 for {@link LineHash#NONE}. */
  int filesWith(long lineHash);

  /**
   * How often a line with this normalised text stands in one file of the base tree; 0 where there
   * is no such file.
   *
   * @param path in the base tree
   */
  default int timesIn(String path, String normalisedLine) {
    return timesIn(path, LineHash.of(normalisedLine));
  }

  /** The same of the line with this {@link LineHash}; 0 for {@link LineHash#NONE}. */
  int timesIn(String path, long lineHash);

  /**
   * Whether a file with this path was committed: the base tree has it, or another change that was
   * merged near this one in time. A file that was, did not move: what stands elsewhere too was
   * copied.
   *
   * @param path relative to the root of the repository
   */
  boolean committed(String path);
}
