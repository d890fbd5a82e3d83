package dev.assay.web.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/**
 * An error as RFC 9457 shapes it.
 *
 * @param detail one sentence that names what is wrong and what would be right
 * @param parameter the query parameter that is wrong, where it is one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Problem(String type, String title, int status, String detail, @Nullable String parameter) {
  static final String CONTENT_TYPE = "application/problem+json";

  static Problem of(HttpStatus status, String detail) {
    return new Problem("about:blank", status.getMessage(), status.getCode(), detail, null);
  }

  static Problem of(BadParameterException e) {
    return new Problem(
        "about:blank",
        HttpStatus.BAD_REQUEST.getMessage(),
        HttpStatus.BAD_REQUEST.getCode(),
        e.problem(),
        e.parameter());
  }

  void answer(Context ctx) {
    ctx.status(status).json(this).contentType(CONTENT_TYPE);
  }
}
