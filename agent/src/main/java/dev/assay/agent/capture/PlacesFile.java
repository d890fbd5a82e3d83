package dev.assay.agent.capture;

import dev.assay.agent.status.Complaints;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Keeps the places on disk: a JSON array, written to a temporary file, synced, renamed. It is
 * written after the spool has what was read, so a crash in between reads some lines again, which
 * does no harm. A damaged file is set aside and everything is read again, which does none either.
 */
final class PlacesFile {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final Path file;

  PlacesFile(Path file) {
    this.file = file;
  }

  Map<Path, Place> load(Complaints complaints) throws IOException {
    Map<Path, Place> places = new HashMap<>();
    try (InputStream in = Files.newInputStream(file);
        JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), in)) {
      if (json.nextToken() != JsonToken.START_ARRAY) {
        throw new DamagedException("no array");
      }
      while (json.nextToken() == JsonToken.START_OBJECT) {
        readPlace(json, places);
      }
      if (json.currentToken() != JsonToken.END_ARRAY) {
        throw new DamagedException("no end of the array");
      }
    } catch (NoSuchFileException first) {
      return new HashMap<>();
    } catch (JacksonException | DamagedException damaged) {
      Path aside = file.resolveSibling(file.getFileName() + ".damaged");
      Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
      complaints.add(
          "places-damaged",
          file.toString(),
          file + " is damaged; set aside as " + aside + ", transcripts are read again");
      return new HashMap<>();
    }
    return places;
  }

  void save(Map<Path, Place> places) throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + ".writing");
    try (FileChannel channel =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel));
      try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
        json.writeStartArray();
        for (Map.Entry<Path, Place> entry : places.entrySet()) {
          json.writeRaw('\n');
          writePlace(json, entry.getKey(), entry.getValue());
        }
        json.writeEndArray();
        json.flush();
        out.flush();
        channel.force(true);
      }
    }
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void writePlace(JsonGenerator json, Path path, Place place) {
    json.writeStartObject();
    json.writeStringProperty("path", path.toString());
    json.writeStringProperty("key", place.fileKey);
    json.writeNumberProperty("offset", place.offset);
    json.writeNumberProperty("lines", place.lines);
    json.writeNumberProperty("headBytes", place.headBytes);
    json.writeNumberProperty("headHash", place.headHash);
    json.writeNumberProperty("started", place.startedAtUnixNanos());
    json.writeNumberProperty("seen", place.lastSeenUnixNanos());
    json.writeNumberProperty("told", place.toldUnixNanos());
    writeText(json, "version", place.version());
    writeText(json, "entrypoint", place.entrypoint());
    writeText(json, "cwd", place.cwd());
    if (!place.pending().isEmpty()) {
      json.writeArrayPropertyStart("pending");
      place.pending().forEach((id, pending) -> writePending(json, id, pending));
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private static void writePending(JsonGenerator json, String id, Pending pending) {
    json.writeStartObject();
    json.writeStringProperty("id", id);
    json.writeStringProperty("tool", pending.tool());
    writeText(json, "path", pending.path());
    json.writeNumberProperty("offset", pending.lineOffset());
    json.writeNumberProperty("bytes", pending.lineBytes());
    json.writeEndObject();
  }

  private static void writeText(JsonGenerator json, String name, @Nullable String value) {
    if (value != null) {
      json.writeStringProperty(name, value);
    }
  }

  private static void readPlace(JsonParser json, Map<Path, Place> places) throws DamagedException {
    Map<String, String> texts = new HashMap<>();
    Map<String, Long> numbers = new HashMap<>();
    Place place = new Place();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      JsonToken token = json.nextToken();
      if (name.equals("pending") && token == JsonToken.START_ARRAY) {
        while (json.nextToken() == JsonToken.START_OBJECT) {
          readPending(json, place);
        }
      } else {
        readScalar(json, name, token, texts, numbers);
      }
    }
    String path = texts.get("path");
    if (path == null || !numbers.containsKey("offset")) {
      throw new DamagedException("a place without path or offset");
    }
    place.fileKey = texts.getOrDefault("key", "");
    place.offset = numbers.getOrDefault("offset", 0L);
    place.lines = numbers.getOrDefault("lines", 0L);
    place.headBytes = numbers.getOrDefault("headBytes", 0L).intValue();
    place.headHash = numbers.getOrDefault("headHash", 0L);
    place.restore(
        numbers.getOrDefault("started", 0L),
        numbers.getOrDefault("seen", 0L),
        numbers.getOrDefault("told", 0L),
        texts.get("version"),
        texts.get("entrypoint"),
        texts.get("cwd"));
    places.put(Path.of(path), place);
  }

  private static void readPending(JsonParser json, Place place) throws DamagedException {
    Map<String, String> texts = new HashMap<>();
    Map<String, Long> numbers = new HashMap<>();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      readScalar(json, name, json.nextToken(), texts, numbers);
    }
    String id = texts.get("id");
    String tool = texts.get("tool");
    if (id == null || tool == null) {
      throw new DamagedException("a proposal without id or tool");
    }
    place.propose(
        id,
        new Pending(
            tool,
            texts.get("path"),
            numbers.getOrDefault("offset", 0L),
            numbers.getOrDefault("bytes", 0L).intValue()));
  }

  private static void readScalar(
      JsonParser json,
      String name,
      JsonToken token,
      Map<String, String> texts,
      Map<String, Long> numbers) {
    if (token == JsonToken.VALUE_STRING) {
      texts.put(name, json.getString());
    } else if (token == JsonToken.VALUE_NUMBER_INT) {
      numbers.put(name, json.getLongValue());
    } else {
      json.skipChildren();
    }
  }

  /** The file is not what was written. */
  private static final class DamagedException extends Exception {
    DamagedException(String message) {
      super(message);
    }
  }
}
