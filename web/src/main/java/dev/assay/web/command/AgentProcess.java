package dev.assay.web.command;

import dev.assay.web.config.Config;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The agent as a child process. It ends when its standard input does, so that it never outlives
 * this process, however that ends.
 */
final class AgentProcess implements AutoCloseable {
  /** An agent that was asked to stop writes down its places and is gone well within this. */
  private static final long STOP_LIMIT_SECONDS = 10;

  private final Process process;

  private AgentProcess(Process process) {
    this.process = process;
  }

  /**
   * @param endpoint of OTLP over gRPC, where it delivers
   */
  static AgentProcess start(Config config, String endpoint) throws CommandFailedException {
    List<String> arguments = new ArrayList<>();
    arguments.add("run");
    arguments.add("--endpoint");
    arguments.add(endpoint);
    arguments.add("--data");
    arguments.add(config.data().toString());
    for (Path home : config.claudeHomes()) {
      arguments.add("--claude-home");
      arguments.add(home.toString());
    }
    Integer hookPort = config.agentHookPort();
    if (hookPort != null) {
      arguments.add("--agent-hook-port");
      arguments.add(hookPort.toString());
    }
    arguments.addAll(ContentMode.arguments(config.signature() ? config.keyFile() : null));
    arguments.add("--exit-with-parent");
    try {
      return new AgentProcess(
          AgentJar.command(arguments.toArray(String[]::new))
              .redirectOutput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start());
    } catch (IOException e) {
      throw new CommandFailedException("the agent did not start: " + e.getMessage(), e);
    }
  }

  boolean alive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /** Only where it is not alive any more. */
  int exitCode() {
    return process.exitValue();
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    if (!ended()) {
      process.destroy();
      if (!ended()) {
        process.destroyForcibly();
      }
    }
  }

  private boolean ended() {
    try {
      return process.waitFor(STOP_LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
