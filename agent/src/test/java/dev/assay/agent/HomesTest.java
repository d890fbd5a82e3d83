package dev.assay.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HomesTest {
  private static final Path HOME = Path.of("/home/ada");

  @Test
  void home_isTheShells() {
    assertThat(Homes.userHome(Map.of("HOME", "/home/ada"))).isEqualTo(HOME);
    assertThat(Homes.userHome(Map.of())).isEqualTo(Path.of(System.getProperty("user.home")));
  }

  @Test
  void defaults_areBothFolders() {
    assertThat(Homes.defaults(Map.of(), HOME))
        .containsExactly(Path.of("/home/ada/.claude"), Path.of("/home/ada/.config/claude"));
    assertThat(Homes.defaults(Map.of("XDG_CONFIG_HOME", "/etc/ada"), HOME))
        .containsExactly(Path.of("/home/ada/.claude"), Path.of("/etc/ada/claude"));
  }

  @Test
  void configuredFolder_isTheOnlyOne() {
    assertThat(Homes.defaults(Map.of("CLAUDE_CONFIG_DIR", "/srv/claude"), HOME))
        .containsExactly(Path.of("/srv/claude"));
  }
}
