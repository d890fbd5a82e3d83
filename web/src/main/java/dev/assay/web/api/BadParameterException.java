package dev.assay.web.api;

import java.io.Serial;

/** A query parameter that cannot be understood: the caller's mistake. */
final class BadParameterException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final String parameter;
  private final String problem;

  /**
   * @param problem one sentence that names the parameter and says what would be right
   */
  BadParameterException(String parameter, String problem) {
    super(problem);
    this.parameter = parameter;
    this.problem = problem;
  }

  String parameter() {
    return parameter;
  }

  String problem() {
    return problem;
  }
}
