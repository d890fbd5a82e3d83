package dev.assay.bench.accuracy.transcript;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.node.ObjectNode;

/** Where a session's records end up below a home's {@code .claude} folder. */
public final class SessionFiles {
  private static final double SUBAGENT = 0.15;
  private static final double FORKED = 0.15;

  private final Path home;

  public SessionFiles(Path home) {
    this.home = home;
  }

  /**
   * Saves a session: as a main file, or, some, as the work of a subagent in a file of its own; some
   * sessions were forked, and their history stands again under another session's id.
   */
  public void save(Transcript session, Random random) {
    String slug = session.cwd().toString().replaceAll("[^A-Za-z0-9]", "-");
    Path folder = home.resolve(".claude/projects").resolve(slug);
    Path file = folder.resolve(session.sessionId() + ".jsonl");
    List<ObjectNode> rows = session.records();
    boolean subagent = session.client() != Client.V1_0_53 && random.nextDouble() < SUBAGENT;
    if (subagent) {
      String agent = String.format("%08x", random.nextInt());
      Path agents = folder.resolve(session.sessionId()).resolve("subagents");
      write(
          agents.resolve("agent-" + agent + ".jsonl"),
          rows.stream().map(row -> ofAgent(row, agent)).toList());
      ObjectNode meta = Transcript.JSON.createObjectNode().put("agentType", "general-purpose");
      write(agents.resolve("agent-" + agent + ".meta.json"), List.of(meta));
      write(file, rows.subList(0, 1));
    } else {
      write(file, rows);
    }
    if (!subagent && random.nextDouble() < FORKED) {
      String other = session.uuid();
      write(
          folder.resolve(other + ".jsonl"),
          rows.stream().map(row -> row.deepCopy().put("sessionId", other)).toList());
    }
  }

  private static ObjectNode ofAgent(ObjectNode row, String agent) {
    ObjectNode out = row.deepCopy();
    return out.has("isSidechain") ? out.put("isSidechain", true).put("agentId", agent) : out;
  }

  private static void write(Path file, List<ObjectNode> rows) {
    try {
      Files.createDirectories(file.getParent());
      try (BufferedWriter out = Files.newBufferedWriter(file)) {
        for (ObjectNode row : rows) {
          out.write(Transcript.JSON.writeValueAsString(row));
          out.write('\n');
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
