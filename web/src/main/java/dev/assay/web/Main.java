package dev.assay.web;

import dev.assay.web.command.Commands;

/** The server jar's main. */
public final class Main {
  private Main() {}

  /** Runs one command and exits with its code (docs/operations.md lists them). */
  public static void main(String[] args) {
    System.exit(Commands.line().execute(args));
  }
}
