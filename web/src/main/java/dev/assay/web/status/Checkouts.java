package dev.assay.web.status;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The checkouts that sessions of this machine worked in. The agent tells those that it came across
 * since it started; they are kept in {@code checkouts.json}, so that a restart forgets none.
 */
public final class Checkouts {
  private static final Logger LOG = LoggerFactory.getLogger(Checkouts.class);
  private static final JsonMapper JSON = new JsonMapper();

  private final Path data;
  private final Path file;
  private final Set<String> roots = new TreeSet<>();

  /** Reads what is known; a file that cannot be read is told and written anew. */
  public Checkouts(Path data) {
    this.data = data;
    this.file = data.resolve("checkouts.json");
    if (Files.exists(file)) {
      try {
        roots.addAll(List.of(JSON.readValue(Files.readAllBytes(file), String[].class)));
      } catch (IOException | JacksonException e) {
        LOG.warn("{} cannot be read, the agent will tell again: {}", file, e.getMessage());
      }
    }
  }

  /** Those that are there at this moment, sorted. */
  public synchronized List<Path> folders() {
    boolean more =
        AgentStatus.read(data)
            .map(
                status ->
                    roots.addAll(
                        status.checkouts().stream().map(AgentStatus.Checkout::root).toList()))
            .orElse(false);
    if (more) {
      write();
    }
    return roots.stream().map(Path::of).filter(Files::isDirectory).toList();
  }

  private void write() {
    Path unfinished = data.resolve("checkouts.json.unfinished");
    try {
      Files.write(unfinished, JSON.writeValueAsBytes(roots));
      Files.move(
          unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.warn("{} cannot be written: {}", file, e.getMessage());
    }
  }
}
