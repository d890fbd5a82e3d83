package dev.assay.agent;

import dev.assay.agent.hook.HookListener;
import dev.assay.agent.ship.Destination;
import dev.assay.agent.status.Complaints;
import dev.assay.proto.signature.SigningKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Follows the transcripts and delivers, until it is stopped. */
@SuppressWarnings("try") // the listener works by being there
@Command(
    name = "run",
    description = {
      "Follow Claude Code's transcripts and export what they tell over OTLP/gRPC, until stopped.",
      "What cannot be delivered is kept under DATA/agent/spool and delivered later. DATA/agent/status.json"
          + " says how it goes."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    footer = {"", "Example:", "  assay-agent run --endpoint http://127.0.0.1:4317 --data ~/.assay"})
final class RunCommand implements Callable<Integer> {
  private static final long STOP_SECONDS = 5;
  private static final int DEFAULT_HOOK_PORT = 14_319;

  @Spec private CommandSpec command = CommandSpec.create();
  @Mixin private final Homes homes = new Homes();
  @Mixin private final Receiver receiver = new Receiver();
  @Mixin private final ContentMode contentMode = new ContentMode();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where to keep state; the agent uses DIR/agent. Default: ~/.assay.")
  private Path data = Homes.userHome(System.getenv()).resolve(".assay");

  @Option(
      names = "--exit-with-parent",
      description = "End when standard input ends, as it does when the starting process is gone.")
  private boolean exitWithParent;

  @Option(
      names = "--agent-hook-port",
      paramLabel = "PORT",
      description =
          "Where to listen, on loopback, for Claude Code's PostToolUse hooks (POST /hook); 0 takes a"
              + " free port. Default: 14319, where it is free.")
  private @Nullable Integer hookPort;

  @Option(
      names = {"--agent-otlp-http-port", "--agent-otlp-grpc-port"},
      paramLabel = "PORT",
      description =
          "Not in this version: Claude Code's own telemetry goes to the receiver directly.")
  private @Nullable Integer otlpPort;

  @Override
  public Integer call() throws IOException, InterruptedException {
    SigningKey key = contentMode.key(data);
    Destination destination = receiver.destination();
    if (otlpPort != null) {
      throw new ParameterException(
          command.commandLine(),
          "--agent-otlp-http-port and --agent-otlp-grpc-port are not in this version: let Claude"
              + " Code send its own telemetry to the receiver directly.");
    }
    Complaints complaints = new Complaints(System.err);
    CountDownLatch ended = new CountDownLatch(1);
    try (DataFolder folder = DataFolder.open(data);
        Agent agent = new Agent(homes.folders(), folder, destination, key, complaints)) {
      stopWithTheProcess(agent, ended);
      if (exitWithParent) {
        stopWithTheParent(agent);
      }
      System.err.println(
          "assay agent: following " + homes.folders() + ", delivering to " + destination.url());
      try (HookListener hooks = listen(agent, complaints)) {
        agent.run();
      }
    } catch (PortInUseException inUse) {
      System.err.println("assay agent: " + inUse.getMessage());
      return Main.EXIT_IN_USE;
    } catch (DataFolder.InUseException inUse) {
      System.err.println("assay agent: " + inUse.getMessage());
      return Main.EXIT_IN_USE;
    } finally {
      ended.countDown();
    }
    return 0;
  }

  /** Null where the default port is taken: another agent has it, and transcripts tell the same. */
  private @Nullable HookListener listen(Agent agent, Complaints complaints)
      throws PortInUseException {
    int port = hookPort == null ? DEFAULT_HOOK_PORT : hookPort;
    try {
      HookListener hooks = new HookListener(port, agent::offer, complaints);
      System.err.println(
          "assay agent: hooks are taken at http://127.0.0.1:" + hooks.port() + "/hook");
      return hooks;
    } catch (IOException taken) {
      String message = "cannot listen for hooks on port " + port + ": " + taken.getMessage();
      if (hookPort != null) {
        throw new PortInUseException("--agent-hook-port: " + message);
      }
      complaints.add("hook-port-taken", "hook", message + "; going on without hooks");
      return null;
    }
  }

  /** The port that was asked for is taken. */
  private static final class PortInUseException extends Exception {
    PortInUseException(String message) {
      super(message);
    }
  }

  /** Lets the round in hand come to its end when the process is asked to stop. */
  private static void stopWithTheProcess(Agent agent, CountDownLatch ended) {
    Thread hook =
        new Thread(
            () -> {
              agent.stop();
              try {
                if (!ended.await(STOP_SECONDS, TimeUnit.SECONDS)) {
                  System.err.println("assay agent: did not stop in time; some is read again");
                }
              } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
              }
            },
            "stop");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private static void stopWithTheParent(Agent agent) {
    Thread watch =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {
                  // whatever is written there means nothing
                }
              } catch (IOException gone) {
                // as good as its end
              }
              agent.stop();
            },
            "parent");
    watch.setDaemon(true);
    watch.start();
  }
}
