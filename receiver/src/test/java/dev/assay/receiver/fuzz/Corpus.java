package dev.assay.receiver.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The inputs that are replayed in every build: what the fuzzer found, and a few that reach far. Its
 * targets are the methods {@code fuzzerTestOneInput}; bench/fuzz runs them.
 */
public final class Corpus {
  private static final Path ROOT =
      Path.of(System.getProperty("assay.testdata", "../testdata"), "fuzz");

  private Corpus() {}

  /** The inputs of one decoder. */
  public static Stream<Path> of(String decoder) {
    try (Stream<Path> files = Files.list(ROOT.resolve(decoder))) {
      return files.sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a decoder reads any of its inputs: to replay what it refuses at once shows little. */
  public static boolean reaches(String decoder, Predicate<byte[]> reads) throws IOException {
    boolean any = false;
    for (Path input : of(decoder).toList()) {
      any |= reads.test(Files.readAllBytes(input));
    }
    return any;
  }
}
