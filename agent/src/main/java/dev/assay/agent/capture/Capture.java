package dev.assay.agent.capture;

import dev.assay.agent.status.Complaints;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Reads transcripts on from where it was. Owned by one thread; the counters may be read by others.
 *
 * <p>A transcript that shrank, or whose beginning changed, or that is another file by the same
 * name, is read again from its start: what comes of it is the same facts.
 */
public final class Capture {
  /** The beginning of a file that tells whether it is still the same. */
  private static final int HEAD_BYTES = 1024;

  private final TranscriptFinder finder;
  private final Complaints complaints;
  private final @Nullable PlacesFile placesFile;
  private final Map<Path, Place> places;
  private final Map<Path, TranscriptFile> known = new HashMap<>();
  private final Map<String, Long> starts = new HashMap<>();
  private final LineReader lines = new LineReader();
  private volatile int transcripts;
  private final AtomicLong bytesTotal = new AtomicLong();
  private final AtomicLong bytesRead = new AtomicLong();
  private final AtomicLong recordsRead = new AtomicLong();

  /**
   * @param homes {@code .claude} folders
   * @param placesPath where places are kept; null keeps none: everything is read from its start
   */
  public Capture(List<Path> homes, @Nullable Path placesPath, Complaints complaints)
      throws IOException {
    this.finder = new TranscriptFinder(homes, complaints);
    this.complaints = complaints;
    this.placesFile = placesPath == null ? null : new PlacesFile(placesPath);
    this.places = placesFile == null ? new HashMap<>() : placesFile.load(complaints);
  }

  /**
   * Looks for transcripts and reads all that is new.
   *
   * @return whether anything was
   */
  public boolean readAll(RecordHandler handler, Runnable afterEachFile) {
    List<TranscriptFile> found = finder.find();
    Set<Path> there = found.stream().map(TranscriptFile::path).collect(Collectors.toSet());
    places.keySet().retainAll(there);
    known.keySet().retainAll(there);
    rememberStarts(found);
    transcripts = found.size();
    bytesTotal.set(found.stream().mapToLong(TranscriptFile::bytes).sum());
    bytesRead.set(found.stream().mapToLong(this::alreadyRead).sum());
    boolean news = false;
    for (TranscriptFile file : found) {
      if (file.equals(known.put(file.path(), file))) {
        continue;
      }
      if (read(file, handler)) {
        news = true;
        afterEachFile.run();
      }
    }
    return news;
  }

  /** Whether a session may have begun since {@link #readAll}; cheap. */
  public boolean foldersChanged() {
    return finder.foldersChanged();
  }

  /**
   * Looks only at transcripts that were written to lately: cheap enough for every second.
   *
   * @param sinceMillis older ones are left to {@link #readAll}
   */
  public boolean readHot(long sinceMillis, RecordHandler handler) {
    boolean news = false;
    for (TranscriptFile file : List.copyOf(known.values())) {
      if (file.modifiedMillis() < sinceMillis) {
        continue;
      }
      try {
        TranscriptFile now =
            TranscriptFinder.of(
                file.path(), Files.readAttributes(file.path(), BasicFileAttributes.class));
        if (!now.equals(known.put(file.path(), now))) {
          bytesTotal.addAndGet(Math.max(0, now.bytes() - file.bytes()));
          news |= read(now, handler);
        }
      } catch (IOException gone) {
        known.remove(file.path()); // the next full look says what became of it
      }
    }
    return news;
  }

  /** Keeps the places on disk. To be called when what was read is safe elsewhere. */
  public void checkpoint() throws IOException {
    if (placesFile != null) {
      placesFile.save(places);
    }
  }

  /** When a session began, in Unix nanoseconds; 0 where its transcript was not read yet. */
  public long startOf(String sessionId) {
    return starts.getOrDefault(sessionId, 0L);
  }

  /** How many transcripts there are. */
  public int transcripts() {
    return transcripts;
  }

  /** Bytes of all of them. */
  public long bytesTotal() {
    return bytesTotal.get();
  }

  /** Bytes of them that were read, by this process or an earlier one. */
  public long bytesRead() {
    return bytesRead.get();
  }

  /** Lines that this process read, needed or not. */
  public long recordsRead() {
    return recordsRead.get();
  }

  private long alreadyRead(TranscriptFile file) {
    Place place = places.get(file.path());
    return place == null ? 0 : Math.min(place.offset, file.bytes());
  }

  private void rememberStarts(List<TranscriptFile> found) {
    for (TranscriptFile file : found) {
      Place place = places.get(file.path());
      if (file.own() && place != null && place.startedAtUnixNanos() != 0) {
        starts.putIfAbsent(file.sessionId(), place.startedAtUnixNanos());
      }
    }
  }

  private boolean read(TranscriptFile file, RecordHandler handler) {
    Place place = places.computeIfAbsent(file.path(), path -> new Place());
    try (FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.READ)) {
      if (!isSame(file, place, channel)) {
        place.reset();
      }
      place.fileKey = file.fileKey();
      if (channel.size() <= place.offset) {
        return false;
      }
      boolean news = readLines(file, place, channel, handler);
      rememberHead(place, channel);
      return news;
    } catch (NoSuchFileException gone) {
      return false;
    } catch (IOException unreadable) {
      known.remove(file.path());
      complaints.add(
          "file-unreadable",
          file.path().toString(),
          "cannot read " + file.path() + ": " + unreadable);
      return false;
    }
  }

  private boolean readLines(
      TranscriptFile file, Place place, FileChannel channel, RecordHandler handler)
      throws IOException {
    RecordReader records = new RecordReader(file.sessionId());
    long begin = place.offset;
    lines.start(begin);
    while (lines.next(channel)) {
      place.lines++;
      recordsRead.incrementAndGet();
      TranscriptRecord record = readRecord(records, file, place);
      if (record != null) {
        handler.record(record, origin(file, place));
      }
      if (file.own() && place.startedAtUnixNanos() != 0) {
        starts.putIfAbsent(file.sessionId(), place.startedAtUnixNanos());
      }
      bytesRead.addAndGet(lines.offset() - place.offset);
      place.offset = lines.offset();
    }
    handler.endOfFile(origin(file, place));
    return place.offset > begin;
  }

  private Origin origin(TranscriptFile file, Place place) {
    return new Origin(
        file.path(),
        file.sessionId(),
        file.own(),
        place,
        lines.lineOffset(),
        lines.lineEnd() - lines.lineStart(),
        starts);
  }

  private @Nullable TranscriptRecord readRecord(
      RecordReader records, TranscriptFile file, Place place) {
    if (lines.tooLong()) {
      complain(
          "line-too-long", file, place, "has more than " + LineReader.LIMIT_LINE_BYTES + " bytes");
      return null;
    }
    if (isBlank()) {
      return null;
    }
    try {
      return records.read(
          lines.buffer(), lines.lineStart(), lines.lineEnd(), place.envelopeWanted());
    } catch (JacksonException malformed) {
      complain("line-malformed", file, place, "is not JSON");
    } catch (RecordReader.NotARecordException unknown) {
      complain("line-unknown", file, place, "is " + unknown.getMessage());
    }
    return null;
  }

  private boolean isBlank() {
    for (int i = lines.lineStart(); i < lines.lineEnd(); i++) {
      if (lines.buffer()[i] > ' ' || lines.buffer()[i] < 0) {
        return false;
      }
    }
    return true;
  }

  private void complain(String reason, TranscriptFile file, Place place, String what) {
    complaints.add(
        reason,
        file.path().toString(),
        file.path() + " line " + place.lines + " " + what + "; skipped");
  }

  private static boolean isSame(TranscriptFile file, Place place, FileChannel channel)
      throws IOException {
    return file.fileKey().equals(place.fileKey)
        && channel.size() >= place.offset
        && headHash(channel, place.headBytes) == place.headHash;
  }

  private static void rememberHead(Place place, FileChannel channel) throws IOException {
    if (place.headBytes < HEAD_BYTES) {
      place.headBytes = (int) Math.min(place.offset, HEAD_BYTES);
      place.headHash = headHash(channel, place.headBytes);
    }
  }

  private static long headHash(FileChannel channel, int bytes) throws IOException {
    if (bytes == 0) {
      return 0;
    }
    ByteBuffer head = ByteBuffer.allocate(bytes);
    while (head.hasRemaining() && channel.read(head, head.position()) > 0) {
      // read on
    }
    CRC32C hash = new CRC32C();
    hash.update(head.flip());
    return hash.getValue();
  }
}
