package dev.assay.web.remote;

import dev.assay.receiver.tls.ClientTlsFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How to be let in by a server that is guarded.
 *
 * @param tokenFile holds a bearer token; null where there is none
 * @param token the token itself, where no file is named; null where there is none. A secret
 * @param tls whom to trust, and our own certificate
 */
public record Credentials(@Nullable Path tokenFile, @Nullable String token, ClientTlsFiles tls) {
  private static final int LIMIT_BYTES = 4096;

  /** What a header can carry; anything else would be shown by the error that it causes. */
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

  /** For a server that asks for nothing. */
  public static Credentials none() {
    return new Credentials(null, null, ClientTlsFiles.STANDARD);
  }

  /** The value of the header; null where there is no token. */
  @Nullable String authorization() throws NotAskedException {
    String found = tokenFile == null ? token : read(tokenFile);
    if (found == null) {
      return null;
    }
    if (!TOKEN.matcher(found).matches()) {
      throw new NotAskedException(
          (tokenFile == null ? "the variable" : tokenFile.toString()) + " holds no bearer token",
          "write what assay token create printed into it, and nothing else");
    }
    return "Bearer " + found;
  }

  private static String read(Path file) throws NotAskedException {
    try {
      if (Files.size(file) > LIMIT_BYTES) {
        throw new NotAskedException(
            file + " is larger than a token", "name another with --token-file");
      }
      return Files.readString(file, StandardCharsets.ISO_8859_1).strip();
    } catch (IOException e) {
      throw new NotAskedException(
          "there is no file " + file + " that can be read", "name another with --token-file");
    }
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "Credentials[" + (tokenFile == null ? "" : tokenFile + ", ") + tls + "]";
  }
}
