package dev.assay.web.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Hands everything to the agent's own program; the launcher does so without a server's JVM. */
@Command(
    name = "agent",
    description = "The agent alone: reads Claude Code's sessions and exports them.")
final class AgentCommand implements Callable<Integer> {
  @Unmatched private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() throws CommandFailedException, InterruptedException {
    List<String> all = new ArrayList<>(arguments);
    if (all.isEmpty() || all.get(0).startsWith("-")) {
      all.add(0, "run");
    }
    try {
      return AgentJar.command(all.toArray(String[]::new)).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new CommandFailedException("the agent did not start: " + e.getMessage(), e);
    }
  }
}
