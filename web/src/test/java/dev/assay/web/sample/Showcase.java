package dev.assay.web.sample;

import dev.assay.receiver.attribution.ChangeDiff;
import dev.assay.receiver.attribution.ChangeDiff.DiffLine;
import dev.assay.receiver.attribution.ChangeDiff.FileDiff;
import dev.assay.store.fact.Attribution;
import dev.assay.store.fact.Change;
import dev.assay.store.fact.Identity;
import dev.assay.store.fact.Observation;
import dev.assay.store.fact.SessionClaim;
import dev.assay.store.fact.SessionObservation;
import dev.assay.store.fact.Source;
import dev.assay.store.fact.Verdict;
import dev.assay.web.api.DiffSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One pull request with its text, in which every kind of line occurs. In the texts here the first
 * character tells the kind: {@code " "} unchanged, {@code "-"} removed, {@code "E"} exact, {@code
 * "S"} similar, {@code "M"} moved, {@code "R"} reflowed, {@code "P"} a person's, {@code "T"}
 * trivial, {@code "B"} too short to count alone.
 */
public final class Showcase {
  /** Its readable key. */
  public static final String KEY = "github.com/acme/api#412";

  static final String SESSION = "7f0c2a4e-5d1b-4c8e-9a55-0b9d6a1e2f31";

  private static final String RETRY =
      """
       package com.acme.http;
      \s
       import java.net.http.HttpClient;
       import java.net.http.HttpRequest;
       import java.net.http.HttpResponse;
      Eimport java.time.Duration;
      Eimport java.util.concurrent.ThreadLocalRandom;
      \s
       /** Sends requests to the partner's API. */
       public final class PartnerClient {
      -  private static final int ATTEMPTS = 1;
      E  private static final int MAX_ATTEMPTS = 4;
      E  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
      S  private static final double JITTER_SHARE = 0.25;
      \s
         private final HttpClient client;
      \s
         public PartnerClient(HttpClient client) {
           this.client = client;
         }
      \s
         public HttpResponse<String> send(HttpRequest request) throws Exception {
      -    return client.send(request, HttpResponse.BodyHandlers.ofString());
      E    Duration pause = FIRST_PAUSE;
      E    for (int attempt = 1; ; attempt++) {
      R      HttpResponse<String> response =
      R          client.send(request, HttpResponse.BodyHandlers.ofString());
      E      if (response.statusCode() < 500 || attempt == MAX_ATTEMPTS) {
      B        return response;
      T      }
      P      log.warn("Partner answered {}; attempt {}", response.statusCode(), attempt);
      E      Thread.sleep(withJitter(pause).toMillis());
      E      pause = pause.multipliedBy(2);
      T    }
      T  }
      T
      M  private static Duration withJitter(Duration pause) {
      M    double factor = 1 + JITTER_SHARE * (ThreadLocalRandom.current().nextDouble() - 0.5);
      M    return Duration.ofMillis(Math.round(pause.toMillis() * factor));
         }
       }
      """;
  private static final String NOTES =
      """
       # Changes
      \s
      P- Requests to the partner's API are repeated when it answers with 5xx.
      """;
  private static final Map<String, String> FILES =
      Map.of("src/main/java/com/acme/http/PartnerClient.java", RETRY, "CHANGES.md", NOTES);

  private Showcase() {}

  /** Its text, as git would tell it. */
  public static DiffSource diffs() {
    return new DiffSource() {
      @Override
      public Optional<ChangeDiff> diff(Change change) {
        return change.key().equals(KEY)
            ? Optional.of(
                new ChangeDiff(FILES.keySet().stream().sorted().map(path -> file(path)).toList()))
            : Optional.empty();
      }

      @Override
      public Optional<List<String>> fileAfter(Change change, String path) {
        return Optional.ofNullable(FILES.get(path))
            .map(
                text ->
                    text.lines()
                        .filter(line -> !line.startsWith("-"))
                        .map(line -> line.substring(1))
                        .toList());
      }
    };
  }

  private static FileDiff file(String path) {
    List<DiffLine> added = new ArrayList<>();
    List<DiffLine> removed = new ArrayList<>();
    int before = 0;
    int after = 0;
    for (String line : FILES.getOrDefault(path, "").lines().toList()) {
      char kind = line.charAt(0);
      if (kind != '-') {
        after++;
      }
      if (kind == ' ' || kind == '-') {
        before++;
      }
      if (kind == '-') {
        removed.add(new DiffLine(before, line.substring(1)));
      } else if (kind != ' ') {
        added.add(new DiffLine(after, line.substring(1)));
      }
    }
    return new FileDiff(path, null, false, List.of(), added, removed);
  }

  static Attribution attribution() {
    List<Verdict> verdicts = new ArrayList<>();
    FILES.forEach(
        (path, text) -> {
          int number = 0;
          for (String line : text.lines().filter(l -> !l.startsWith("-")).toList()) {
            number++;
            if (line.charAt(0) != ' ') {
              verdicts.add(verdict(path, number, line.charAt(0)));
            }
          }
        });
    return Acme.attribution(change(), Attribution.State.PROVISIONAL, null, verdicts);
  }

  private static Verdict verdict(String path, int line, char kind) {
    Map<Character, String> strategies = new HashMap<>();
    strategies.put('E', "exact");
    strategies.put('S', "similar");
    strategies.put('M', "moved");
    strategies.put('R', "reflowed");
    String strategy = strategies.get(kind);
    if (strategy == null) {
      String reason = kind == 'P' ? "no-candidate" : kind == 'T' ? "trivial" : "too-short";
      return new Verdict(path, line, kind != 'T', false, null, null, null, 0, reason);
    }
    String edit = kind == 'M' ? "toolu_showcase_2" : "toolu_showcase_1";
    double difference = kind == 'S' ? 0.118 : 0;
    return new Verdict(path, line, true, true, strategy, SESSION, edit, difference, null);
  }

  private static Change change() {
    return new Change(
        "github.com/acme/api",
        412,
        "Repeat requests to the partner when it fails",
        "ada",
        "ada@acme.example",
        Acme.at(Acme.TODAY, 16, 20),
        "c0ffee0000000000000000000000000000000412",
        null,
        null,
        "https://github.com/acme/api/pull/412");
  }

  static List<Observation> observations() {
    SessionClaim claim = new SessionClaim(SESSION, Acme.at(Acme.TODAY, 14, 0));
    return List.of(
        new SessionObservation(
            Source.TRANSCRIPT,
            Acme.at(Acme.TODAY, 14, 0),
            SESSION,
            new Identity("ada@acme.example", null, null, null, null, null),
            "vscode",
            "cli",
            "subscription",
            false,
            "2.1.330",
            null,
            true),
        Acme.edit(
            Acme.at(Acme.TODAY, 14, 12),
            "toolu_showcase_1",
            claim,
            "github.com/acme/api",
            "src/main/java/com/acme/http/PartnerClient.java",
            12),
        Acme.edit(
            Acme.at(Acme.TODAY, 14, 31),
            "toolu_showcase_2",
            claim,
            "github.com/acme/api",
            "src/main/java/com/acme/retry/Backoff.java",
            3));
  }
}
