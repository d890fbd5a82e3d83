package dev.assay.web.command;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The agent's program, to be started as a child process. */
final class AgentJar {
  private static final String NAME = "assay-agent.jar";

  private AgentJar() {}

  /** A process that runs the agent with these arguments, by the Java that runs this. */
  static ProcessBuilder command(String... arguments) throws CommandFailedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    String options = System.getenv().getOrDefault("ASSAY_AGENT_JAVA_OPTS", "");
    Stream.of(options.split(" ", -1)).filter(option -> !option.isBlank()).forEach(command::add);
    command.add("-jar");
    command.add(locate().toString());
    command.addAll(Arrays.asList(arguments));
    return new ProcessBuilder(command);
  }

  /** Where the launcher says it is, else beside the server's jar, else where the build puts it. */
  private static Path locate() throws CommandFailedException {
    String told = System.getProperty("assay.agent.jar");
    if (told != null) {
      return existing(Path.of(told));
    }
    Path server =
        Path.of(System.getProperty("java.class.path").split(File.pathSeparator, 2)[0])
            .toAbsolutePath();
    Path beside = server.resolveSibling(NAME);
    return Files.exists(beside)
        ? beside
        : existing(server.resolveSibling("../../agent/target").resolve(NAME).normalize());
  }

  private static Path existing(Path jar) throws CommandFailedException {
    if (!Files.exists(jar)) {
      throw new CommandFailedException("the agent's program is missing: " + jar);
    }
    return jar;
  }
}
