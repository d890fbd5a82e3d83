package dev.assay.agent;

import dev.assay.agent.status.Complaints;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Follows the transcripts and delivers, until it is stopped. */
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

  @Spec private CommandSpec command = CommandSpec.create();
  @Mixin private final Homes homes = new Homes();
  @Mixin private final ContentMode contentMode = new ContentMode();

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:4317",
      description = "Where to deliver: an OTLP/gRPC receiver. Default: ${DEFAULT-VALUE}.")
  private String endpoint = "";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where to keep state; the agent uses DIR/agent. Default: ~/.assay.")
  private Path data = Path.of(System.getProperty("user.home"), ".assay");

  @Option(
      names = "--exit-with-parent",
      description = "End when standard input ends, as it does when the starting process is gone.")
  private boolean exitWithParent;

  @Override
  public Integer call() throws IOException, InterruptedException {
    contentMode.check();
    checkEndpoint();
    Complaints complaints = new Complaints(System.err);
    CountDownLatch ended = new CountDownLatch(1);
    try (DataFolder folder = DataFolder.open(data);
        Agent agent = new Agent(homes.folders(), folder, endpoint, complaints)) {
      stopWithTheProcess(agent, ended);
      if (exitWithParent) {
        stopWithTheParent(agent);
      }
      System.err.println(
          "assay agent: following " + homes.folders() + ", delivering to " + endpoint);
      agent.run();
    } catch (DataFolder.InUseException inUse) {
      System.err.println("assay agent: " + inUse.getMessage());
      return Main.EXIT_IN_USE;
    } finally {
      ended.countDown();
    }
    return 0;
  }

  private void checkEndpoint() {
    if (!endpoint.startsWith("http://") && !endpoint.startsWith("https://")) {
      throw new ParameterException(
          command.commandLine(),
          "--endpoint: '"
              + endpoint
              + "' is no http:// or https:// address, such as"
              + " http://127.0.0.1:4317");
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
