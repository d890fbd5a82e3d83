package dev.assay.agent.hook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.assay.agent.capture.HookReader;
import dev.assay.agent.capture.HookRecord;
import dev.assay.agent.status.Complaints;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Listens on loopback for Claude Code's HTTP hooks ({@code POST /hook}). It answers at once and
 * never tells Claude Code to do anything: what it cannot take, the transcript will tell.
 */
public final class HookListener implements AutoCloseable {
  /** A larger input is refused; Write of a file of several MiB still fits. */
  static final int LIMIT_BODY_BYTES = 16 << 20;

  private static final byte[] NOTHING = "{}".getBytes(StandardCharsets.UTF_8);
  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int FORBIDDEN = 403;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int TOO_LARGE = 413;
  private static final int UNAVAILABLE = 503;

  private final HttpServer server;
  private final ExecutorService executor;
  private final Predicate<HookRecord> queue;
  private final Complaints complaints;

  /**
   * Begins to listen.
   *
   * @param port 0 takes a free one
   * @param queue takes an edit; false where it has no room
   * @throws IOException where the port is taken
   */
  public HookListener(int port, Predicate<HookRecord> queue, Complaints complaints)
      throws IOException {
    this.queue = queue;
    this.complaints = complaints;
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    this.executor =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "hooks");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(executor);
    server.createContext("/hook", this::handle);
    server.start();
  }

  /** Where it listens. */
  public int port() {
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      int status = take(exchange);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, NOTHING.length);
      exchange.getResponseBody().write(NOTHING);
    }
  }

  private int take(HttpExchange exchange) throws IOException {
    if (!isLocal(exchange)) {
      complaints.add(
          "hook-foreign", "hook", "a hook request with a foreign Host or from a web page");
      return FORBIDDEN;
    }
    if (!exchange.getRequestMethod().equals("POST")) {
      return METHOD_NOT_ALLOWED;
    }
    byte[] body;
    try (InputStream in = exchange.getRequestBody()) {
      body = in.readNBytes(LIMIT_BODY_BYTES + 1);
    }
    if (body.length > LIMIT_BODY_BYTES) {
      complaints.add(
          "hook-too-large", "hook", "a hook's input of more than " + LIMIT_BODY_BYTES + " bytes");
      return TOO_LARGE;
    }
    try {
      HookRecord record = HookReader.read(body);
      return record == null || queue.test(record) ? OK : UNAVAILABLE;
    } catch (HookReader.MalformedException malformed) {
      complaints.add("hook-malformed", "hook", String.valueOf(malformed.getMessage()));
      return BAD_REQUEST;
    }
  }

  /** A name that resolves here by chance (DNS rebinding) and pages in a browser are kept out. */
  private static boolean isLocal(HttpExchange exchange) {
    @Nullable String host = exchange.getRequestHeaders().getFirst("Host");
    if (host == null || exchange.getRequestHeaders().containsKey("Origin")) {
      return false;
    }
    String name = host.toLowerCase(Locale.ROOT).replaceFirst(":\\d+$", "");
    return name.equals("localhost") || name.equals("127.0.0.1") || name.equals("[::1]");
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }
}
