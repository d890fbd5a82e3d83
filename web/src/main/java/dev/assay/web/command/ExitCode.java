package dev.assay.web.command;

/** What a command's exit code says; docs/operations.md lists them. */
final class ExitCode {
  static final int OK = 0;

  /** The world is in the way: a port in use, a folder that cannot be written, a part that died. */
  static final int FAILED = 1;

  /** The command line, an environment variable or the configuration file is wrong. */
  static final int MISUSED = 2;

  private ExitCode() {}
}
