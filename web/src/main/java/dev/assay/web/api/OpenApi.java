package dev.assay.web.api;

import io.javalin.http.HandlerType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The API's description for programs (OpenAPI 3.1), made from the routes themselves. */
final class OpenApi {
  private static final Pattern IN_PATH = Pattern.compile("\\{(\\w+)}");
  private static final Map<String, String> MEANINGS =
      Map.ofEntries(
          Map.entry("from", "First day, included: YYYY-MM-DD."),
          Map.entry("to", "Last day, included: YYYY-MM-DD."),
          Map.entry("repository", "As host/owner/name."),
          Map.entry("user", "As the team table shows it."),
          Map.entry("by", "pull-requests (default) or lines."),
          Map.entry("month", "YYYY-MM; this month unless given."),
          Map.entry("limit", "How many items at most."),
          Map.entry("after", "The next of the answer before."),
          Map.entry("kind", "pull-requests (default), or all: with commits that had none."),
          Map.entry("starting_at", "The UTC day: YYYY-MM-DD. Required."),
          Map.entry("page", "The next_page of the answer before."));

  private OpenApi() {}

  static Route route(List<Route> routes) {
    List<Route> described = new ArrayList<>(routes);
    Route own =
        Route.json(
            "/api/v1/openapi.json",
            "This description.",
            List.of(),
            ctx -> ctx.json(document(described)));
    described.add(own);
    return own;
  }

  static Map<String, Object> document(List<Route> routes) {
    Map<String, Object> paths = new LinkedHashMap<>();
    for (Route route : routes) {
      paths.put(
          route.path(), Map.of(route.method().name().toLowerCase(Locale.ROOT), operation(route)));
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("openapi", "3.1.0");
    document.put("info", Map.of("title", "Assay", "version", "1"));
    document.put("paths", paths);
    return document;
  }

  private static Map<String, Object> operation(Route route) {
    List<Map<String, Object>> parameters = new ArrayList<>();
    IN_PATH
        .matcher(route.path())
        .results()
        .map(MatchResult::group)
        .map(name -> name.substring(1, name.length() - 1))
        .forEach(
            name ->
                parameters.add(
                    Map.of(
                        "name",
                        name,
                        "in",
                        "path",
                        "required",
                        true,
                        "schema",
                        Map.of("type", "string"))));
    for (String name : route.parameters()) {
      parameters.add(
          Map.of(
              "name", name,
              "in", "query",
              "required", name.equals("starting_at"),
              "description", MEANINGS.get(name),
              "schema", Map.of("type", name.equals("limit") ? "integer" : "string")));
    }
    String status = route.method().equals(HandlerType.POST) ? "501" : "200";
    String mediaType = route.produces().replaceAll(";.*", "");
    return Map.of(
        "summary",
        route.says(),
        "parameters",
        parameters,
        "responses",
        Map.of(
            status, Map.of("description", route.says(), "content", Map.of(mediaType, Map.of()))));
  }
}
