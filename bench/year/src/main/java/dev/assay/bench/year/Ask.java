package dev.assay.bench.year;

import dev.assay.store.Store;
import dev.assay.store.report.ChangeSummary;
import dev.assay.store.report.Filter;
import dev.assay.web.WebOptions;
import dev.assay.web.WebServer;
import dev.assay.web.api.DiffSource;
import dev.assay.web.api.Progress;
import dev.assay.web.metrics.Metrics;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Asks a real server, over HTTP, one question after the other, in a new order each round. */
final class Ask {
  private static final int WARM_ROUNDS = 5;

  /** It takes about a second for a million of them. */
  private static final long LIMIT_KEYS_MINUTES = 10;

  private final Shape shape;
  private final Store store;
  private final int rounds;
  private final String only;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<String, List<Long>> nanos = new LinkedHashMap<>();
  private final Map<String, Long> bytes = new LinkedHashMap<>();

  Ask(Shape shape, Store store, int rounds, String only) {
    this.shape = shape;
    this.store = store;
    this.rounds = rounds;
    this.only = only;
  }

  void run() throws IOException, InterruptedException {
    if (rounds == 0) {
      return;
    }
    awaitKeys();
    Metrics metrics = new Metrics();
    Clock evening =
        Clock.fixed(shape.last().atTime(20, 0).toInstant(ZoneOffset.UTC), ZoneOffset.UTC);
    WebServer server =
        new WebServer(
            WebOptions.loopback(0), store, () -> Progress.NONE, DiffSource.NONE, metrics, evening);
    server.start();
    try {
      Random random = new Random(7);
      List<ChangeSummary> some = store.changes().list(Filter.ALL, true, 500, null).items();
      for (int round = -WARM_ROUNDS; round < rounds; round++) {
        List<Question> questions = Question.all(shape, random);
        questions.add(one(some.get(random.nextInt(some.size()))));
        questions.removeIf(question -> !question.name().contains(only));
        Collections.shuffle(questions, random);
        for (Question question : questions) {
          ask(server.address(), question, round >= 0);
        }
      }
    } finally {
      server.shutdown();
      metrics.close();
    }
    print();
  }

  /** Those that are stored are learnt behind the start: it is not warm before. */
  private void awaitKeys() throws InterruptedException {
    long begun = System.nanoTime();
    while (store.health().learningKeys()) {
      if (System.nanoTime() - begun > TimeUnit.MINUTES.toNanos(LIMIT_KEYS_MINUTES)) {
        throw new IllegalStateException(
            "the store has not read which keys are stored (learningKeys of its health) within "
                + LIMIT_KEYS_MINUTES
                + " minutes; its log may say why");
      }
      Thread.sleep(1_000);
    }
  }

  private static Question one(ChangeSummary change) {
    String id =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(change.change().key().getBytes(StandardCharsets.UTF_8));
    return new Question("/api/v1/pull-requests/{id}", "/api/v1/pull-requests/" + id, false);
  }

  private void ask(URI address, Question question, boolean counts)
      throws IOException, InterruptedException {
    long begun = System.nanoTime();
    HttpResponse<InputStream> answer =
        client.send(
            HttpRequest.newBuilder(address.resolve(question.path())).build(),
            HttpResponse.BodyHandlers.ofInputStream());
    long size;
    long first;
    try (InputStream body = answer.body()) {
      int one = body.read();
      first = System.nanoTime() - begun;
      size = one < 0 ? 0 : 1 + body.transferTo(OutputStream.nullOutputStream());
    }
    long took = question.whole() ? first : System.nanoTime() - begun;
    if (answer.statusCode() != 200) {
      throw new IOException(question.path() + " answered " + answer.statusCode());
    }
    if (counts) {
      nanos.computeIfAbsent(question.name(), name -> new ArrayList<>()).add(took);
      bytes.merge(question.name(), size, Math::max);
    }
  }

  private void print() {
    System.out.printf(
        "%-70s %6s %8s %8s %8s %10s%n", "", "asked", "p50 ms", "p99 ms", "max", "bytes");
    nanos.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            entry -> {
              long[] sorted = entry.getValue().stream().mapToLong(n -> n).sorted().toArray();
              System.out.printf(
                  "%-70s %6d %8.1f %8.1f %8.1f %,10d%n",
                  entry.getKey(),
                  sorted.length,
                  sorted[sorted.length / 2] / 1e6,
                  sorted[(int) Math.ceil(sorted.length * 0.99) - 1] / 1e6,
                  sorted[sorted.length - 1] / 1e6,
                  bytes.get(entry.getKey()));
            });
  }
}
