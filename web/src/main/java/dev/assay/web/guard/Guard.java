package dev.assay.web.guard;

import dev.assay.receiver.access.Tokens;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Refuses requests for a foreign host, and puts the security headers on every answer. */
public final class Guard {
  /** Scripts, styles and data come from this server alone; nothing inline, no frames. */
  static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  private final Hosts hosts;
  private final @Nullable Login login;

  /**
   * @param allowedHosts names under which the server may be asked for, beside the loopback's
   * @param tokens of those who may read; null where nobody is asked for one
   * @param encrypted whether the connection is: then a browser keeps its cookie to such ones
   */
  public Guard(Set<String> allowedHosts, @Nullable Tokens tokens, boolean encrypted) {
    this.hosts = new Hosts(allowedHosts);
    this.login = tokens == null ? null : new Login(tokens, encrypted);
  }

  /** Puts it before every route. */
  public void register(RoutesConfig routes) {
    routes.before(this::check);
    if (login != null) {
      login.register(routes);
    }
  }

  private void check(Context ctx) {
    ctx.header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "no-referrer")
        .header("X-Frame-Options", "DENY")
        .header("Cross-Origin-Opener-Policy", "same-origin")
        .header("Cross-Origin-Resource-Policy", "same-origin")
        .header("Cache-Control", "no-store");
    if (login != null) {
      // No name need be known here: a foreign page has neither token nor cookie.
      login.check(ctx);
    } else if (!hosts.allows(ctx.header("Host"), ctx.req().getLocalAddr())) {
      ctx.status(HttpStatus.MISDIRECTED_REQUEST)
          .contentType("text/plain; charset=utf-8")
          .result(
              "This server does not answer for the host name of this request. Ask for it as"
                  + " localhost, or name the host in the server's configuration.\n")
          .skipRemainingHandlers();
    }
  }
}
