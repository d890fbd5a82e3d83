package dev.assay.store.embedded;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Processes that tests start: the same Java and class path as their own. */
final class ChildProcess {
  private ChildProcess() {}

  static List<String> java(Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return command;
  }
}
