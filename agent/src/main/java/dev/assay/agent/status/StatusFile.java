package dev.assay.agent.status;

import dev.assay.agent.status.AgentStatus.CheckoutSeen;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes {@code status.json}: a reader sees the old one or the new one, never a part. */
public final class StatusFile {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final Path file;

  public StatusFile(Path file) {
    this.file = file;
  }

  /** Replaces the file. */
  public void write(AgentStatus status) throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + ".writing");
    try (OutputStream out = Files.newOutputStream(temporary);
        JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      json.writeNumberProperty("pid", ProcessHandle.current().pid());
      json.writeStringProperty("updatedAt", Instant.now().toString());
      json.writeStringProperty("state", status.state());
      texts(json, "claudeHomes", status.claudeHomes());
      json.writeNumberProperty("transcripts", status.transcripts());
      json.writeNumberProperty("bytesTotal", status.bytesTotal());
      json.writeNumberProperty("bytesRead", status.bytesRead());
      json.writeNumberProperty("recordsRead", status.recordsRead());
      counts(json, "recordsSkipped", status.recordsSkipped());
      counts(json, "observations", status.observations());
      counts(json, "withheld", status.withheld());
      json.writeNumberProperty("spooledBytes", status.spooledBytes());
      json.writeNumberProperty("exported", status.exported());
      json.writeNumberProperty("refused", status.refused());
      json.writeArrayPropertyStart("checkouts");
      for (CheckoutSeen checkout : status.checkouts()) {
        json.writeStartObject();
        json.writeStringProperty("root", checkout.root());
        texts(json, "repositories", checkout.repositories());
        json.writeEndObject();
      }
      json.writeEndArray();
      if (status.lastError() == null) {
        json.writeNullProperty("lastError");
      } else {
        json.writeStringProperty("lastError", status.lastError());
      }
      json.writeEndObject();
    }
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void texts(JsonGenerator json, String name, List<String> texts) {
    json.writeArrayPropertyStart(name);
    texts.forEach(json::writeString);
    json.writeEndArray();
  }

  private static void counts(JsonGenerator json, String name, Map<String, Long> counts) {
    json.writeObjectPropertyStart(name);
    counts.forEach(json::writeNumberProperty);
    json.writeEndObject();
  }
}
