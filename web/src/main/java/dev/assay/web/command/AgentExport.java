package dev.assay.web.command;

import dev.assay.receiver.interpret.Interpretation;
import dev.assay.receiver.interpret.Interpreter;
import dev.assay.receiver.interpret.Reason;
import dev.assay.store.Store;
import dev.assay.store.StoreUnavailableException;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads all sessions once through the agent's own program, without a network. */
final class AgentExport {
  private static final int BUFFER_BYTES = 1 << 18;

  /** Sessions may be read faster than facts are made of them. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final String READ = "assay agent: read ";

  private final List<Path> claudeHomes;
  private final Terminal terminal;
  private final @Nullable Path keyFile;
  private final Interpreter interpreter = new Interpreter();
  private final Map<Reason, Long> lost = new TreeMap<>();

  /**
   * @param claudeHomes empty: those that the agent finds by itself
   * @param keyFile signs lines; null: they travel as text
   */
  AgentExport(List<Path> claudeHomes, @Nullable Path keyFile, Terminal terminal) {
    this.keyFile = keyFile;
    this.claudeHomes = claudeHomes;
    this.terminal = terminal;
  }

  /** Commits everything that the agent tells. */
  void into(Store store)
      throws CommandFailedException, StoreUnavailableException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("export"));
    for (Path home : claudeHomes) {
      arguments.add("--claude-home");
      arguments.add(home.toString());
    }
    arguments.addAll(ContentMode.arguments(keyFile));
    Process agent;
    try {
      agent = AgentJar.command(arguments.toArray(String[]::new)).start();
    } catch (IOException e) {
      throw new CommandFailedException("the agent did not start: " + e.getMessage(), e);
    }
    try {
      agent.getOutputStream().close();
      Thread words = new Thread(() -> show(agent.getErrorStream()), "agent-words");
      words.setDaemon(true);
      words.start();
      commit(agent.getInputStream(), store);
      int code = agent.waitFor();
      words.join();
      if (code != 0) {
        throw new CommandFailedException(
            "reading the sessions failed: the agent ended with " + code);
      }
    } catch (IOException e) {
      throw new CommandFailedException("reading the sessions failed: " + e.getMessage(), e);
    } finally {
      agent.destroy();
    }
    terminal.clear();
    lost.forEach((reason, count) -> terminal.say("assay: " + count + " records: " + reason));
  }

  private void commit(InputStream out, Store store) throws IOException, StoreUnavailableException {
    try (InputStream in = new BufferedInputStream(out, BUFFER_BYTES)) {
      ExportLogsServiceRequest request = ExportLogsServiceRequest.parseDelimitedFrom(in);
      while (request != null) {
        Interpretation said = interpreter.logs(request, Instant.now());
        said.counts().forEach((reason, count) -> lost.merge(reason, count, Long::sum));
        store.commit(said.observations(), PATIENCE);
        request = ExportLogsServiceRequest.parseDelimitedFrom(in);
      }
    }
  }

  /** What the agent says: how far it is, on the line for that; anything else to keep. */
  private void show(InputStream err) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(err, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(READ)) {
          terminal.progress("Reading sessions: " + line.substring(READ.length()));
        } else {
          terminal.say(line);
        }
      }
    } catch (IOException e) {
      terminal.say("assay: what the agent says can no longer be read: " + e.getMessage());
    }
  }
}
