package dev.assay.agent.capture;

import java.nio.file.Path;

/**
 * A transcript on disk.
 *
 * @param sessionId the session that its place tells: its own name, or, for a subagent, the folder
 * @param own whether it is the session's own file, not a subagent's
 * @param bytes its size when it was found
 * @param modifiedMillis when it was last written to
 * @param fileKey what the file system identifies it by; empty where it does not
 */
record TranscriptFile(
    Path path, String sessionId, boolean own, long bytes, long modifiedMillis, String fileKey) {

  /**
   * The session's own file: this one, or the one beside the folder that a subagent's file is in.
   */
  Path ownPath() {
    if (own) {
      return path;
    }
    for (Path folder = path.getParent(); folder != null; folder = folder.getParent()) {
      Path name = folder.getFileName();
      if (name != null && name.toString().equals(sessionId)) {
        return folder.resolveSibling(sessionId + ".jsonl");
      }
    }
    return path;
  }
}
