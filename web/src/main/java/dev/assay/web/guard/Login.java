package dev.assay.web.guard;

import dev.assay.receiver.access.Admission;
import dev.assay.receiver.access.Scope;
import dev.assay.receiver.access.Tokens;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a token that may read: programs send it with each request, browsers once, in a form, and
 * get a cookie for it.
 */
final class Login {
  private static final String PATH = "/login";
  private static final String COOKIE = "assay_session";

  /** What tells nothing, and what somebody without a token needs to get one accepted. */
  private static final Set<String> OPEN = Set.of("/healthz", "/readyz", PATH, "/favicon.ico");

  private static final String ASSETS = "/assets/";

  private final Tokens tokens;
  private final boolean encrypted;
  private final Sessions sessions = new Sessions(System::nanoTime);

  Login(Tokens tokens, boolean encrypted) {
    this.tokens = tokens;
    this.encrypted = encrypted;
  }

  void register(RoutesConfig routes) {
    routes.get(PATH, ctx -> page(ctx, ""));
    routes.post(PATH, this::logIn);
    routes.post("/logout", this::logOut);
  }

  void check(Context ctx) {
    if (OPEN.contains(ctx.path()) || ctx.path().startsWith(ASSETS)) {
      return;
    }
    String header = ctx.header("Authorization");
    if (header == null && hasSession(ctx)) {
      return;
    }
    Admission admission = tokens.check(header, Scope.READ);
    if (admission instanceof Admission.Granted) {
      return;
    }
    if (header == null && HandlerType.GET.equals(ctx.method()) && wantsPage(ctx)) {
      ctx.redirect(PATH, HttpStatus.SEE_OTHER);
    } else {
      refuse(ctx, admission);
    }
    ctx.skipRemainingHandlers();
  }

  private static void refuse(Context ctx, Admission admission) {
    ctx.contentType("text/plain; charset=utf-8");
    if (admission instanceof Admission.Forbidden) {
      ctx.status(HttpStatus.FORBIDDEN).result("This token may not read.\n");
    } else if (admission instanceof Admission.TooOften often) {
      long seconds = (often.retryMillis() + 999) / 1000;
      ctx.status(HttpStatus.TOO_MANY_REQUESTS)
          .header("Retry-After", Long.toString(seconds))
          .result("This token is used too often.\n");
    } else {
      ctx.status(HttpStatus.UNAUTHORIZED)
          .header("WWW-Authenticate", "Bearer")
          .result("A token is needed: Authorization: Bearer ..., or log in at /login.\n");
    }
  }

  private boolean hasSession(Context ctx) {
    String token = sessions.tokenOf(ctx.cookie(COOKIE));
    return token != null && tokens.stillAllows(token, Scope.READ);
  }

  private static boolean wantsPage(Context ctx) {
    String accept = ctx.header("Accept");
    return accept != null && accept.contains("text/html");
  }

  private void logIn(Context ctx) {
    String token = ctx.formParam("token");
    Admission admission =
        tokens.check(token == null ? null : "Bearer " + token.strip(), Scope.READ);
    if (admission instanceof Admission.Granted granted) {
      cookie(ctx, sessions.begin(granted.token().id()), Sessions.LIMIT_SECONDS);
      ctx.redirect("/", HttpStatus.SEE_OTHER);
    } else {
      refuse(ctx, admission);
      page(ctx, "This token does not open the dashboard.");
    }
  }

  private void logOut(Context ctx) {
    sessions.end(ctx.cookie(COOKIE));
    cookie(ctx, "", 0);
    ctx.redirect(PATH, HttpStatus.SEE_OTHER);
  }

  /** Strict: no request that another site begins carries it. */
  private void cookie(Context ctx, @Nullable String value, long seconds) {
    ctx.header(
        "Set-Cookie",
        COOKIE
            + "="
            + value
            + "; Path=/; HttpOnly; SameSite=Strict; Max-Age="
            + seconds
            + (encrypted ? "; Secure" : ""));
  }

  private static void page(Context ctx, String message) {
    ctx.contentType("text/html; charset=utf-8")
        .result(
            """
            <!doctype html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width">
              <title>Assay: log in</title>
              <link rel="stylesheet" href="/assets/base.css">
              <link rel="stylesheet" href="/assets/parts.css">
            </head>
            <body>
              <main>
                <h1>Assay</h1>
                <form method="post" action="/login">
                  <p><label for="token">A token that may read</label></p>
                  <p><input id="token" name="token" type="password" autocomplete="off" required autofocus></p>
                  <p><button class="primary" type="submit">Log in</button></p>
                </form>
                <p role="alert">%s</p>
              </main>
            </body>
            </html>
            """
                .formatted(message));
  }
}
