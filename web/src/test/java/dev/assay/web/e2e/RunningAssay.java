package dev.assay.web.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./assay up} or {@code ./assay server}, started by the launcher, on free ports. */
public final class RunningAssay implements AutoCloseable {
  private static final Path ROOT =
      Path.of(System.getProperty("assay.testdata"))
          .toAbsolutePath()
          .normalize()
          .resolveSibling(".");
  private static final Pattern DASHBOARD =
      Pattern.compile("^Dashboard: (https?://127\\.0\\.0\\.1:\\d+)/$", Pattern.MULTILINE);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final JsonMapper JSON = new JsonMapper();

  private final Process process;
  private final Path out;
  private final Path err;
  private final Path data;
  private final String base;
  private HttpClient client = HttpClient.newHttpClient();
  private String token = "";

  private RunningAssay(Process process, Path out, Path err, Path data) throws Exception {
    this.process = process;
    this.out = out;
    this.err = err;
    this.data = data;
    this.base = awaitDashboard();
  }

  /**
   * Starts a command on free ports, but for those that its options name, and waits for the
   * dashboard.
   */
  public static RunningAssay start(String command, Path data, String... options) throws Exception {
    Files.createDirectories(data);
    Path out = Files.createTempFile(data.getParent(), "assay-", ".out");
    Path err = Files.createTempFile(data.getParent(), "assay-", ".err");
    List<String> arguments = new ArrayList<>(List.of(command, "--data", data.toString()));
    List<String> ports =
        new ArrayList<>(List.of("--web-port", "--otlp-grpc-port", "--otlp-http-port"));
    if (command.equals("up")) {
      ports.add("--agent-hook-port");
    }
    ports.removeAll(Arrays.asList(options));
    ports.forEach(port -> arguments.addAll(List.of(port, "0")));
    arguments.addAll(Arrays.asList(options));
    Process process =
        launcher(arguments).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    return new RunningAssay(process, out, err, data);
  }

  /** The launcher with these arguments. */
  public static ProcessBuilder launcher(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(ROOT.resolve("assay").normalize().toString());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("ASSAY_BUILD", "never");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder;
  }

  private String awaitDashboard() throws Exception {
    long limit = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < limit) {
      Matcher matcher = DASHBOARD.matcher(Files.readString(out));
      if (matcher.find()) {
        return matcher.group(1);
      }
      if (!process.isAlive()) {
        break;
      }
      Thread.sleep(50);
    }
    process.destroyForcibly();
    throw new IOException("no dashboard; it said:\n" + said());
  }

  /** From now on it is asked so: with this trust, and this token. */
  public RunningAssay as(SSLContext trust, String bearer) {
    client = HttpClient.newBuilder().sslContext(trust).build();
    token = bearer;
    return this;
  }

  /** Another command of the launcher, to its end. */
  public static Ended run(Map<String, String> environment, String... arguments) throws Exception {
    ProcessBuilder builder = launcher(List.of(arguments));
    builder.environment().putAll(environment);
    return run(builder);
  }

  /** A process to its end. It writes to a file: to read its pipe would have no time limit. */
  static Ended run(ProcessBuilder builder) throws Exception {
    Path said = Files.createTempFile("assay-", ".said");
    try {
      Process process = builder.redirectErrorStream(true).redirectOutput(said.toFile()).start();
      return new Ended(exitCode(process, said), Files.readString(said));
    } finally {
      Files.delete(said);
    }
  }

  /** Waits for the end of a process that writes to these files. */
  static int exitCode(Process process, Path... said) throws IOException, InterruptedException {
    try {
      if (process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        return process.exitValue();
      }
    } finally {
      process.destroyForcibly();
    }
    StringBuilder all = new StringBuilder("did not end; it said:\n");
    for (Path file : said) {
      all.append(Files.readString(file));
    }
    throw new IOException(all.toString());
  }

  /**
   * How a command ended.
   *
   * @param said on both streams
   */
  public record Ended(int code, String said) {}

  /** Everything that it wrote to its two streams. */
  public String said() throws IOException {
    return Files.readString(out) + Files.readString(err);
  }

  /** Waits until it has written each of these. */
  void awaitSaid(List<String> words) throws Exception {
    long limit = System.nanoTime() + PATIENCE.toNanos();
    while (!words.stream().allMatch(said()::contains)) {
      if (System.nanoTime() > limit) {
        throw new AssertionError("it never said all of " + words + ", but:\n" + said());
      }
      Thread.sleep(50);
    }
  }

  /** {@code http://127.0.0.1:<port>}, without a slash at the end. */
  public String base() {
    return base;
  }

  public long pid() {
    return process.pid();
  }

  /**
   * The port of a place of the file in which a server says where it listens.
   *
   * @param place {@code otlpGrpc} or {@code otlpHttp}
   */
  public int port(String place) throws IOException {
    JsonNode status = JSON.readTree(Files.readAllBytes(data.resolve("server.json")));
    return URI.create(status.path(place).path("address").asString()).getPort();
  }

  /** The answer of one path of the API. */
  public JsonNode get(String path) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    HttpResponse<String> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    if (response.statusCode() != 200) {
      throw new IOException(path + ": " + response.statusCode() + " " + response.body());
    }
    return JSON.readTree(response.body());
  }

  /** The answer of a path, once it is as wanted; fails with the last one where it never is. */
  public JsonNode await(String path, Predicate<JsonNode> wanted) throws Exception {
    long limit = System.nanoTime() + PATIENCE.toNanos();
    JsonNode last = get(path);
    while (!wanted.test(last)) {
      if (System.nanoTime() > limit) {
        throw new AssertionError(path + " was never as wanted, but: " + last + "\n" + said());
      }
      Thread.sleep(100);
      last = get(path);
    }
    return last;
  }

  /** As a loss of power is to a process. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** SIGTERM; gives the exit code. */
  public int stop() throws IOException, InterruptedException {
    process.destroy();
    return exitCode();
  }

  /** Waits for its end. */
  public int exitCode() throws IOException, InterruptedException {
    return exitCode(process, out, err);
  }

  @Override
  public void close() throws IOException {
    try {
      if (process.isAlive()) {
        stop();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
