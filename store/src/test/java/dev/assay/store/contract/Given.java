package dev.assay.store.contract;

import dev.assay.proto.v1.EditLines;
import dev.assay.proto.v1.Hunk;
import dev.assay.proto.v1.Line;
import dev.assay.store.fact.Change;
import dev.assay.store.fact.DecisionObservation;
import dev.assay.store.fact.DecisionObservation.Outcome;
import dev.assay.store.fact.EditObservation;
import dev.assay.store.fact.Identity;
import dev.assay.store.fact.MetricSample;
import dev.assay.store.fact.SessionClaim;
import dev.assay.store.fact.SessionObservation;
import dev.assay.store.fact.Source;
import dev.assay.store.fact.UsageObservation;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Observations for tests, with only what a test is about. */
public final class Given {
  public static final Instant NOON = Instant.parse("2026-11-10T12:00:00Z");
  public static final String REPOSITORY = "github.com/acme/api";

  private Given() {}

  public static SessionObservation session(String id, String email) {
    return session(Source.EVENT, id, new Identity(email, null, null, null, null, null));
  }

  public static SessionObservation session(Source source, String id, Identity identity) {
    return new SessionObservation(
        source, NOON, id, identity, "vscode", "cli", null, null, "2.1.330", null, true);
  }

  public static DecisionObservation decision(
      Source source, String id, String session, Outcome outcome, @Nullable String by) {
    return new DecisionObservation(
        source, NOON, id, new SessionClaim(session, null), "Edit", outcome, by, "Java");
  }

  public static EditObservation edit(String id, String session, String path, String... added) {
    return edit(Source.TRANSCRIPT, id, session, NOON, path, added);
  }

  public static EditObservation edit(
      Source source, String id, String session, Instant time, String path, String... added) {
    return part(source, id, session, time, path, added.length, 0, 1, added);
  }

  public static EditObservation part(
      Source source,
      String id,
      String session,
      Instant time,
      String path,
      int linesAdded,
      int part,
      int parts,
      String... added) {
    return part(source, id, session, time, path, linesAdded, part, parts, lines(added));
  }

  /** An edit of one added line, in whatever form. */
  public static EditObservation edit(String id, String session, String path, EditLines lines) {
    return part(Source.TRANSCRIPT, id, session, NOON, path, 1, 0, 1, lines);
  }

  private static EditObservation part(
      Source source,
      String id,
      String session,
      Instant time,
      String path,
      int linesAdded,
      int part,
      int parts,
      EditLines lines) {
    return new EditObservation(
        source,
        time,
        id,
        new SessionClaim(session, null),
        "Edit",
        List.of(REPOSITORY),
        "main",
        path,
        linesAdded,
        0,
        lines.toByteString(),
        part,
        parts,
        false,
        false,
        null);
  }

  /** An edit whose lines stay at home, but not its path. */
  public static EditObservation withheld(String id, String session, Instant time, String path) {
    return new EditObservation(
        Source.TRANSCRIPT,
        time,
        id,
        new SessionClaim(session, null),
        "Edit",
        List.of(REPOSITORY),
        "main",
        path,
        3,
        0,
        null,
        0,
        1,
        false,
        false,
        "ignored");
  }

  public static EditLines lines(String... added) {
    Hunk.Builder hunk = Hunk.newBuilder().setNewStart(1);
    for (String line : added) {
      hunk.addAdded(Line.newBuilder().setText(line));
    }
    return EditLines.newBuilder().addHunks(hunk).build();
  }

  public static UsageObservation usage(
      Source source,
      @Nullable String message,
      @Nullable String request,
      String session,
      long output,
      @Nullable String cost) {
    return new UsageObservation(
        source,
        NOON,
        message,
        request,
        new SessionClaim(session, null),
        "claude-opus-5-5",
        10,
        output,
        0,
        0,
        source == Source.EVENT && cost != null ? new BigDecimal(cost) : null,
        source != Source.EVENT && cost != null ? new BigDecimal(cost) : null,
        null,
        null,
        false);
  }

  public static MetricSample sample(
      String name, Instant time, @Nullable String session, double value, String... labels) {
    TreeMap<String, String> attributes = new TreeMap<>();
    for (int i = 0; i < labels.length; i += 2) {
      attributes.put(labels[i], labels[i + 1]);
    }
    return new MetricSample(
        time,
        null,
        name,
        "",
        attributes,
        session,
        new Identity(attributes.remove("user.email"), null, null, null, null, null),
        false,
        value);
  }

  public static Change pullRequest(int number, String author, Instant mergedAt) {
    return new Change(
        REPOSITORY,
        number,
        "Change " + number,
        author,
        author,
        mergedAt,
        "merge" + number,
        null,
        null,
        null);
  }
}
