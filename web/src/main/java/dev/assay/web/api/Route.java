package dev.assay.web.api;

import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.List;

/**
 * One path of the API: the routes, the description at {@code /api/v1/openapi.json} and the test
 * against the documented table are all made from the list of these.
 *
 * @param path with its path parameters in braces
 * @param says one line for the description
 * @param parameters the query parameters that it reads
 * @param produces the media type of its answer
 */
record Route(
    HandlerType method,
    String path,
    String says,
    List<String> parameters,
    String produces,
    Handler handler) {
  static final List<String> FILTERS = List.of("from", "to", "repository", "user");

  Route {
    parameters = List.copyOf(parameters);
  }

  static Route json(String path, String says, List<String> parameters, Handler handler) {
    return new Route(HandlerType.GET, path, says, parameters, "application/json", handler);
  }

  static Route of(String path, String says, String produces, Handler handler) {
    return new Route(HandlerType.GET, path, says, List.of(), produces, handler);
  }
}
