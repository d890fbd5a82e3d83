package dev.assay.web.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostsTest {
  private final Hosts hosts = new Hosts(Set.of("assay.example.com"));

  @ParameterizedTest
  @CsvSource({
    "localhost, true",
    "localhost:8080, true",
    "LOCALHOST:9000, true",
    "127.0.0.1:8080, true",
    "[::1]:8080, true",
    "10.1.2.3:8080, true",
    "assay.example.com, true",
    "Assay.Example.com:443, true",
    "evil.example, false",
    "localhost.evil.example, false",
    "127.0.0.1.evil.example:8080, false",
    "127.0.0.1@evil.example, false",
    "10.1.2.4, false",
    "'', false",
  })
  void host_isOursOrNot(String header, boolean allowed) {
    assertThat(hosts.allows(header, "10.1.2.3")).isEqualTo(allowed);
  }

  @Test
  void noHost_isRefused() {
    assertThat(hosts.allows(null, "127.0.0.1")).isFalse();
  }

  @Test
  void ownAddress_mayBeVersionSix() {
    assertThat(hosts.allows("[fd00::1]:8080", "fd00::1")).isTrue();
    assertThat(hosts.allows("[fd00::2]:8080", "fd00::1")).isFalse();
  }
}
