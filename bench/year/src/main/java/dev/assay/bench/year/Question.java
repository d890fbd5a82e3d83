package dev.assay.bench.year;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One kind of question to the API.
 *
 * @param name says path and range
 * @param path with the query
 * @param whole whether its answer is a file of everything, of which the first byte matters
 */
record Question(String name, String path, boolean whole) {
  private static final List<String> FILTERED =
      List.of(
          "/api/v1/summary",
          "/api/v1/adoption",
          "/api/v1/pull-requests-per-user",
          "/api/v1/pull-requests-daily",
          "/api/v1/leaderboard",
          "/api/v1/leaderboard?by=lines",
          "/api/v1/spend",
          "/api/v1/survival",
          "/api/v1/pull-requests",
          "/api/v1/export/contributions.csv",
          "/api/v1/export/spend.csv",
          "/api/v1/export/survival.csv");
  private static final List<String> PLAIN =
      List.of(
          "/api/v1/team",
          "/api/v1/repositories",
          "/api/v1/coverage",
          "/api/v1/progress",
          "/api/v1/openapi.json",
          "/metrics",
          "/healthz",
          "/readyz");

  private static final List<String> FILES =
      List.of(
          "/api/v1/export/lines.csv",
          "/api/v1/export/lines.jsonl",
          "/api/v1/export/agent-trace.jsonl");

  /** All kinds once, each with other days, people and repositories every time. */
  static List<Question> all(Shape shape, Random random) {
    List<Question> all = new ArrayList<>();
    for (String path : FILTERED) {
      for (int days : new int[] {1, 30, shape.days()}) {
        String range = range(shape, random, days);
        String name = path + " " + days + " d";
        all.add(of(name, path, range));
        all.add(of(name + " user", path, range + "&user=" + user(shape, random)));
        all.add(of(name + " repository", path, range + "&repository=" + repository(shape, random)));
      }
      all.add(of(path + " no filter", path, ""));
    }
    PLAIN.forEach(path -> all.add(of(path, path, "")));
    int back = random.nextInt(shape.days());
    all.add(
        of(
            "/api/v1/team month",
            "/api/v1/team",
            "month=" + shape.day(back).toString().substring(0, 7)));
    all.add(
        of(
            "/v1/organizations/usage_report/claude_code",
            "/v1/organizations/usage_report/claude_code",
            "starting_at=" + shape.day(back)));
    for (String path : FILES) {
      all.add(
          new Question(
              path + " 1 d repository",
              path + "?" + range(shape, random, 1) + "&repository=" + repository(shape, random),
              true));
      all.add(
          new Question(
              path + " " + shape.days() + " d user",
              path + "?" + range(shape, random, shape.days()) + "&user=" + user(shape, random),
              true));
    }
    return all;
  }

  private static Question of(String name, String path, String query) {
    String whole = query.isEmpty() ? path : path + (path.contains("?") ? "&" : "?") + query;
    return new Question(name, whole, false);
  }

  private static String range(Shape shape, Random random, int days) {
    int from = random.nextInt(Math.max(1, shape.days() - days + 1));
    return "from=" + shape.day(from) + "&to=" + shape.day(Math.min(shape.days(), from + days) - 1);
  }

  private static String user(Shape shape, Random random) {
    return shape.user(random.nextInt(shape.developers())).replace("@", "%40");
  }

  private static String repository(Shape shape, Random random) {
    return shape.repository(random.nextInt(1_000)).replace("/", "%2F");
  }
}
