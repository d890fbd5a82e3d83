package dev.assay.web.dashboard;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The dashboard: one page for all its views, and the scripts and styles that it is made of. They
 * lie in the jar; nothing comes from elsewhere.
 *
 * <p>Browsers keep the assets but ask each time whether they are still the same (ETag), so that an
 * update of the server is seen at once.
 */
public final class Dashboard {
  /** The paths that the page's own script knows; all are answered with the same page. */
  static final List<String> VIEWS =
      List.of("/", "/pull-requests", "/pull-requests/{id}", "/team", "/coverage");

  private static final String FOLDER = "/dashboard/";
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]+\\.(js|css|svg)");
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml");

  private final Map<String, Asset> assets = new ConcurrentHashMap<>();

  /** Adds the pages and their assets. */
  public void register(RoutesConfig routes) {
    for (String view : VIEWS) {
      routes.get(view, ctx -> answer(ctx, "index.html"));
    }
    routes.get("/assets/{name}", ctx -> answer(ctx, checked(ctx.pathParam("name"))));
    routes.get("/favicon.ico", ctx -> answer(ctx, "icon.svg"));
  }

  private static String checked(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new NotFoundResponse();
    }
    return name;
  }

  private void answer(Context ctx, String name) {
    Asset asset = assets.computeIfAbsent(name, Dashboard::load);
    ctx.header("Cache-Control", "no-cache").header("ETag", asset.etag());
    if (asset.etag().equals(ctx.header("If-None-Match"))) {
      ctx.status(HttpStatus.NOT_MODIFIED);
    } else {
      ctx.contentType(asset.type()).result(asset.bytes());
    }
  }

  private static Asset load(String name) {
    try (InputStream in = Dashboard.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new NotFoundResponse();
      }
      byte[] bytes = in.readAllBytes();
      String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
      return new Asset(bytes, type == null ? "application/octet-stream" : type, etag(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String etag(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return '"' + HexFormat.of().formatHex(hash, 0, 12) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared, never handed out
  private record Asset(byte[] bytes, String type, String etag) {}
}
