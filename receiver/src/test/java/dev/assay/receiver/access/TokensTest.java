package dev.assay.receiver.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokensTest {
  private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");
  private static final long SECOND = 1_000_000_000L;

  @TempDir Path folder;
  private final AtomicLong nanos = new AtomicLong();
  private Path file = Path.of("none");
  private TokenFile tokenFile = new TokenFile(file);

  @BeforeEach
  void file() {
    file = folder.resolve("tokens");
    tokenFile = new TokenFile(file);
  }

  @ParameterizedTest
  @CsvSource({
    "INGEST, INGEST, true", "INGEST, READ, false", "INGEST, ADMIN, false",
    "READ, INGEST, false", "READ, READ, true", "READ, ADMIN, false",
    "ADMIN, INGEST, true", "ADMIN, READ, true", "ADMIN, ADMIN, true",
  })
  void scope_allowsItself_andAdminEverything(Scope has, Scope asked, boolean allowed)
      throws Exception {
    String token = create(has);

    Admission admission = open(RateLimit.none()).check("Bearer " + token, asked);

    assertThat(admission)
        .isInstanceOf(allowed ? Admission.Granted.class : Admission.Forbidden.class);
  }

  @Test
  void whatIsNoKnownToken_isUnknown() throws Exception {
    String token = create(Scope.ADMIN);
    Tokens tokens = open(RateLimit.none());

    for (String header :
        new String[] {
          "",
          "Bearer",
          "Bearer ",
          token,
          "Basic " + token,
          "Bearer " + token + "x",
          "Bearer " + token.substring(1),
          "Bearer " + "a".repeat(10_000)
        }) {
      assertThat(tokens.check(header, Scope.READ)).isInstanceOf(Admission.Unknown.class);
    }
    assertThat(tokens.check(null, Scope.READ)).isInstanceOf(Admission.Unknown.class);
    assertThat(tokens.check("bearer  " + token, Scope.READ)).isInstanceOf(Admission.Granted.class);
  }

  @Test
  void file_holdsNoToken_andIsItsOwnersAlone() throws Exception {
    TokenFile.Created created = tokenFile.create("payments", Set.of(Scope.INGEST), NOW);

    assertThat(Files.readString(file)).doesNotContain(created.token().substring(6));
    assertThat(created.toString()).doesNotContain(created.token());
    assertThat(created.token()).matches("assay_[A-Za-z0-9_-]{43}");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(tokenFile.read()).containsExactly(created.entry());
  }

  @Test
  void change_countsWithoutARestart() throws Exception {
    String first = create(Scope.READ);
    Tokens tokens = open(RateLimit.none());
    String second = create(Scope.READ);
    assertThat(tokens.check("Bearer " + second, Scope.READ)).isInstanceOf(Admission.Unknown.class);

    nanos.addAndGet(SECOND);
    assertThat(tokens.check("Bearer " + second, Scope.READ)).isInstanceOf(Admission.Granted.class);

    String id = tokenFile.read().get(0).id();
    assertThat(tokens.stillAllows(id, Scope.READ)).isTrue();
    assertThat(tokenFile.revoke(id)).isTrue();
    assertThat(tokenFile.revoke(id)).isFalse();
    nanos.addAndGet(SECOND);
    assertThat(tokens.check("Bearer " + first, Scope.READ)).isInstanceOf(Admission.Unknown.class);
    assertThat(tokens.stillAllows(id, Scope.READ)).isFalse();
  }

  @Test
  void damagedFile_leavesWhatItSaidLast() throws Exception {
    String token = create(Scope.READ);
    Tokens tokens = open(RateLimit.none());

    Files.writeString(file, "damaged");
    nanos.addAndGet(SECOND);

    assertThat(tokens.check("Bearer " + token, Scope.READ)).isInstanceOf(Admission.Granted.class);
    assertThatThrownBy(() -> open(RateLimit.none()))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ", line 1: there are 1 fields, not 5");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a;b;ingest;HASH;2026-11-23              | the last field is no time
          a;b;write;HASH;2026-11-23T00:00:00Z     | a scope is none of ingest, read, admin
          a;b;ingest;00;2026-11-23T00:00:00Z      | the hash is no SHA-256 in hexadecimal
          a;b c;ingest;HASH;2026-11-23T00:00:00Z  | a token's id and its team have 1 to 64 letters, digits, dots, dashes and underscores
          """)
  void wrongLine_isNamedByItsNumber(String line, String why) throws Exception {
    Files.writeString(
        file, "# tokens\n" + line.replace(';', '\t').replace("HASH", "0".repeat(64)) + "\n");

    assertThatThrownBy(() -> open(RateLimit.none())).hasMessage(file + ", line 2: " + why);
  }

  @Test
  void tooOften_isToldWhenToComeBack() throws Exception {
    String token = "Bearer " + create(Scope.INGEST);
    String other = "Bearer " + create(Scope.INGEST);
    Tokens tokens = open(new RateLimit(2, 3));

    for (int i = 0; i < 3; i++) {
      assertThat(tokens.check(token, Scope.INGEST)).isInstanceOf(Admission.Granted.class);
    }
    assertThat(tokens.check(token, Scope.INGEST))
        .isInstanceOfSatisfying(
            Admission.TooOften.class, often -> assertThat(often.retryMillis()).isEqualTo(500));
    assertThat(tokens.check(other, Scope.INGEST)).isInstanceOf(Admission.Granted.class);

    nanos.addAndGet(SECOND / 2);
    assertThat(tokens.check(token, Scope.INGEST)).isInstanceOf(Admission.Granted.class);
    assertThat(tokens.check(token, Scope.INGEST)).isInstanceOf(Admission.TooOften.class);

    nanos.addAndGet(3600 * SECOND);
    for (int i = 0; i < 3; i++) {
      assertThat(tokens.check(token, Scope.INGEST)).isInstanceOf(Admission.Granted.class);
    }
    assertThat(tokens.check(token, Scope.INGEST)).isInstanceOf(Admission.TooOften.class);
  }

  @Test
  void tokens_upToTheLimit_areRead() throws Exception {
    String line = "\tteam\tread\t" + "0".repeat(64) + "\t2026-11-23T00:00:00Z\n";
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < TokenFile.LIMIT_TOKENS; i++) {
      text.append(i).append(line);
    }
    Files.writeString(file, text);
    List<TokenEntry> read = tokenFile.read();
    assertThat(read).hasSize(TokenFile.LIMIT_TOKENS);

    Files.writeString(file, text.append("last").append(line));
    assertThatThrownBy(() -> tokenFile.read()).hasMessageContaining("more than 10000 tokens");
  }

  private String create(Scope scope) throws IOException {
    return tokenFile.create("payments", Set.of(scope), NOW).token();
  }

  private Tokens open(RateLimit limit) throws IOException {
    return Tokens.open(file, limit, nanos::get);
  }
}
