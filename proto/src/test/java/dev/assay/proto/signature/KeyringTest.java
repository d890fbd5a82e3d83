package dev.assay.proto.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyringTest {
  private static final String A = "0a".repeat(SigningKey.SIZE);
  private static final String B = "0B".repeat(SigningKey.SIZE);

  @TempDir private Path folder = Path.of("");

  private Path file(String mode, String... lines) throws IOException {
    Path file = folder.resolve("assay.key");
    Files.write(file, List.of(lines));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    return file;
  }

  @Test
  void read_firstKeySigns_allOpen() throws Exception {
    Keyring both = Keyring.read(file("rw-------", "# of 2026", A, "", "  " + B), null);
    Keyring old = Keyring.read(file("r--------", B), null);
    assertThat(both.keys()).hasSize(2);
    assertThat(both.first().id()).isNotEqualTo(old.first().id());
    assertThat(both.withId(old.first().id()).id()).isEqualTo(old.first().id());
  }

  @Test
  void withId_unknown_namesTheKey() throws Exception {
    Keyring ring = Keyring.read(file("rw-------", A), null);
    assertThatThrownBy(() -> ring.withId(0xabc))
        .isInstanceOf(UnreadableLinesException.class)
        .hasMessage("lines are signed with key 00000abc, which is not in the key file");
    assertThatThrownBy(() -> Keyring.empty().withId(1)).hasMessageContaining("no key file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw-----w-", "rwx------"})
  void read_forOthersToo_isRefused(String mode) throws Exception {
    Path file = file(mode, A);
    assertThatThrownBy(() -> Keyring.read(file, null))
        .isInstanceOf(KeyFileException.class)
        .hasMessageContaining("assay.key")
        .hasMessageContaining("chmod 600");
  }

  @Test
  void read_insideTheData_isRefused() throws Exception {
    Path file = file("rw-------", A);
    Path link = Files.createSymbolicLink(folder.resolve("link.key"), file);
    assertThatThrownBy(() -> Keyring.read(link, folder)).hasMessageContaining("data directory");
    Path data = Files.createDirectory(folder.resolve("data"));
    assertThat(Keyring.read(link, data).keys()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing", "abc", "0a0a"})
  void read_ofNoKey_isRefused(String line) throws Exception {
    Path file = file("rw-------", line);
    assertThatThrownBy(() -> Keyring.read(file, null))
        .isInstanceOf(KeyFileException.class)
        .hasMessageContaining("assay.key");
  }

  @Test
  void read_atTheLimit_andOnePast() throws Exception {
    String[] limit = Collections.nCopies(Keyring.LIMIT_KEYS, A).toArray(String[]::new);
    assertThat(Keyring.read(file("rw-------", limit), null).keys()).hasSize(16);
    String[] past = Collections.nCopies(Keyring.LIMIT_KEYS + 1, A).toArray(String[]::new);
    Path file = file("rw-------", past);
    assertThatThrownBy(() -> Keyring.read(file, null)).hasMessageContaining("17 keys");
  }

  @Test
  void read_ofNothing_saysHowToMakeOne() {
    assertThatThrownBy(() -> Keyring.read(folder.resolve("none"), null))
        .hasMessageContaining("openssl rand -hex 32");
  }

  @Test
  void make_givesAnotherKeyEachTime_andSparesWhatIsThere() throws Exception {
    Path one = folder.resolve("one.key");
    Path two = folder.resolve("two.key");
    Keyring.make(one);
    Keyring.make(two);
    assertThat(Keyring.read(one, null).first().id())
        .isNotEqualTo(Keyring.read(two, null).first().id());
    assertThatThrownBy(() -> Keyring.make(one)).isInstanceOf(FileAlreadyExistsException.class);
  }
}
