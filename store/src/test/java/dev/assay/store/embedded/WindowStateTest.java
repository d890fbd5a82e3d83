package dev.assay.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowStateTest {
  @TempDir private Path folder;

  @Test
  void anyChangedOrMissingByte_isNoState() throws Exception {
    Path file = folder.resolve("2026-10-28.state");
    WindowState state =
        new WindowState(
            1234,
            new HashFile.Size(31, 2_000, 2_345),
            new EditFile.Size(123_456, new HashFile.Size(2, 10, 11)));
    state.write(file);
    assertThat(WindowState.read(file)).isEqualTo(state);
    byte[] whole = Files.readAllBytes(file);
    for (int at = 0; at < whole.length; at++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] damaged = whole.clone();
        damaged[at] ^= (byte) (1 << bit);
        Files.write(file, damaged);
        assertThat(WindowState.read(file)).as("bit " + bit + " of byte " + at).isNull();
      }
      Files.write(file, Arrays.copyOf(whole, at));
      assertThat(WindowState.read(file)).as("the first " + at + " bytes").isNull();
    }
    String newer = new String(whole, StandardCharsets.ISO_8859_1).replace("format=4", "format=5");
    Files.writeString(file, newer);
    assertThat(WindowState.read(file)).isNull();
    Files.delete(file);
    assertThat(WindowState.read(file)).isNull();
  }
}
