package dev.assay.web.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherIT {
  @TempDir Path folder;

  /** A folder that looks like a Java of this version with these modules, to the launcher. */
  private Path java(String version, String modules) throws Exception {
    Path home = folder.resolve("jdk");
    Files.createDirectories(home.resolve("bin"));
    Path java = Files.writeString(home.resolve("bin/java"), "#!/bin/sh\necho started \"$@\"\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(
        home.resolve("release"),
        "JAVA_VERSION=\"%s\"\nMODULES=\"%s\"\n".formatted(version, modules));
    return home;
  }

  private static RunningAssay.Ended run(Path javaHome, String path, String... arguments)
      throws Exception {
    ProcessBuilder builder = RunningAssay.launcher(List.of(arguments));
    builder.environment().put("JAVA_HOME", javaHome.toString());
    if (javaHome.toString().isEmpty()) {
      builder.environment().remove("JAVA_HOME");
    }
    builder.environment().put("PATH", path);
    return RunningAssay.run(builder);
  }

  /** The tools that the launcher's script itself needs, and no Java. */
  private Path toolsWithoutJava() throws Exception {
    Path tools = Files.createDirectories(folder.resolve("tools"));
    for (String tool : List.of("dirname", "readlink", "sed", "head", "grep", "find", "cat")) {
      for (String place : List.of("/bin", "/usr/bin")) {
        Path found = Path.of(place, tool);
        if (Files.exists(found) && !Files.exists(tools.resolve(tool))) {
          Files.createSymbolicLink(tools.resolve(tool), found.toRealPath());
        }
      }
    }
    return tools;
  }

  @Test
  void noJava_saysWhatToInstall() throws Exception {
    RunningAssay.Ended ended = run(Path.of(""), toolsWithoutJava().toString(), "server");

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.said()).startsWith("assay: no java found. Install a JDK").hasLineCount(1);
  }

  @Test
  void oldJava_isNamedWithItsVersion() throws Exception {
    Path old = java("11.0.2", "java.base jdk.compiler");

    RunningAssay.Ended ended = run(old, System.getenv("PATH"), "server");

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.said()).contains("is Java 11.0.2; 17 or newer is needed").hasLineCount(1);
  }

  @Test
  void runtimeWithoutCompiler_isNotRefused() throws Exception {
    Path runtime = java("17.0.1", "java.base java.logging");

    RunningAssay.Ended server = run(runtime, System.getenv("PATH"), "server");
    RunningAssay.Ended agent = run(runtime, System.getenv("PATH"), "agent");

    assertThat(server.said()).startsWith("started ").contains("assay-server.jar server");
    assertThat(agent.said()).startsWith("started ").contains("assay-agent.jar run");
  }

  @Test
  void wrongJavaHome_isNamed() throws Exception {
    RunningAssay.Ended ended = run(folder, System.getenv("PATH"), "server");

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.said()).startsWith("assay: JAVA_HOME is " + folder).hasLineCount(1);
  }

  @Test
  void newJava_getsTheFlagsThatItKnows() throws Exception {
    RunningAssay.Ended ended =
        run(java("25.0.3", "java.base jdk.compiler"), System.getenv("PATH"), "server", "--x");

    assertThat(ended.said())
        .contains("--sun-misc-unsafe-memory-access=allow")
        .contains("assay-server.jar server --x");
  }

  @Test
  void java17_getsNone() throws Exception {
    RunningAssay.Ended ended =
        run(java("17.0.1", "java.base jdk.compiler"), System.getenv("PATH"), "server");

    assertThat(ended.said()).doesNotContain("--sun-misc");
  }
}
