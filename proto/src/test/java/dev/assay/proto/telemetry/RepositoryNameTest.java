package dev.assay.proto.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryNameTest {
  @ParameterizedTest
  @CsvSource({
    "https://github.com/acme/api.git, github.com/acme/api",
    "https://github.com/acme/api, github.com/acme/api",
    "https://github.com/acme/api/, github.com/acme/api",
    "https://github.com/Acme/API.git/, github.com/acme/api",
    "https://dev:ghp_secret@github.com/acme/api.git, github.com/acme/api",
    "https://oauth2:a%40b@github.com/acme/api.git, github.com/acme/api",
    "git@github.com:acme/api.git, github.com/acme/api",
    "github.com:acme/api, github.com/acme/api",
    "org-123@github.com:acme/api.git, github.com/acme/api",
    "ssh://git@github.com/acme/api.git, github.com/acme/api",
    "ssh://git@github.com:22/acme/api.git, github.com/acme/api",
    "ssh://git@ssh.github.com:443/acme/api.git, github.com/acme/api",
    "git://github.com/acme/api.git, github.com/acme/api",
    "git+ssh://git@github.com/acme/api.git, github.com/acme/api",
    "https://www.github.com/acme/api, github.com/acme/api",
    "HTTPS://GitHub.com/acme/api.git, github.com/acme/api",
    "https://ghe.acme.example:8443/acme/api.git, ghe.acme.example/acme/api",
    "git@ghe.acme.example:acme/api.git, ghe.acme.example/acme/api",
    "ssh://git@ghe.acme.example:7999/acme/api.git, ghe.acme.example/acme/api",
    "https://gitlab.com/group/sub/deep/api.git, gitlab.com/group/sub/deep/api",
    "ssh://git@altssh.gitlab.com:443/group/api.git, gitlab.com/group/api",
    "https://user@bitbucket.org/team/api.git, bitbucket.org/team/api",
    "https://stash.acme.example/scm/proj/api.git, stash.acme.example/proj/api",
    "ssh://git@stash.acme.example:7999/proj/api.git, stash.acme.example/proj/api",
    "https://org@dev.azure.com/org/My%20Project/_git/api, dev.azure.com/org/my project/api",
    "git@ssh.dev.azure.com:v3/org/My%20Project/api, dev.azure.com/org/my project/api",
    "https://org.visualstudio.com/DefaultCollection/proj/_git/api, dev.azure.com/org/proj/api",
    "https://org.visualstudio.com/_git/api, dev.azure.com/org/api/api",
    "org@vs-ssh.visualstudio.com:v3/org/proj/api, dev.azure.com/org/proj/api",
    "'  git@github.com:acme/api.git ', github.com/acme/api",
    "https://git.example/api.git?x=1#y, git.example/api",
    "https://git.example/100%/api.git, git.example/100%/api",
    "ssh://git@[2001:db8::1]:22/acme/api.git, [2001:db8::1]/acme/api",
    "git@host:~dev/api.git, host/~dev/api",
    "https://git.example/a+b/c++.git, git.example/a+b/c++",
  })
  void remoteUrl_hasOneName(String url, String name) {
    assertThat(RepositoryName.of(url)).contains(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "/srv/git/api.git",
        "../api",
        "file:///srv/git/api.git",
        "C:\\src\\api",
        "C:/src/api",
        "https://github.com/",
        "https:///acme/api",
        "https://git.example/../api",
        "api.bundle",
        "ext::sh -c x",
        "git@github.com:",
        "https://github.com"
      })
  void whatIsNoHost_hasNoName(String url) {
    assertThat(RepositoryName.of(url)).isEmpty();
  }

  @Test
  void remoteUrl_isBounded() {
    String most = "https://h/" + "a".repeat(RepositoryName.LIMIT_CHARS - 10);
    assertThat(RepositoryName.of(most)).isPresent();
    assertThat(RepositoryName.of(most + "a")).isEmpty();
  }

  @Test
  void wantedName_withoutHost_matchesAnyHost() {
    assertThat(RepositoryName.matches("github.com/acme/api", "acme/api")).isTrue();
    assertThat(RepositoryName.matches("ghe.example/acme/api", "Acme/API.git")).isTrue();
    assertThat(RepositoryName.matches("github.com/acme/api", "github.com/acme/api")).isTrue();
    assertThat(RepositoryName.matches("github.com/acme/api", "ghe.example/acme/api")).isFalse();
    assertThat(RepositoryName.matches("github.com/acme/api", "api")).isFalse();
    assertThat(RepositoryName.matches("gitlab.com/group/acme/api", "acme/api")).isFalse();
  }

  @Test
  void withoutRemote_theRootCommitNames() {
    assertThat(RepositoryName.local("ABC123")).isEqualTo("local/abc123");
  }
}
