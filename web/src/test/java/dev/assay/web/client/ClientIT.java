package dev.assay.web.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs {@link ClientRun} once for each version of the client, in a network of its own that has
 * nothing but loopback, where the machine allows it.
 */
@Tag("client")
class ClientIT {
  private static final String LOOPBACK_ONLY = "ip link set lo up && exec \"$@\"";

  @ParameterizedTest
  @ValueSource(strings = {"2.1.330", "2.1.197"})
  void realClient_isCountedAsTheScenarioSays(String version, @TempDir Path folder)
      throws Exception {
    Path program = ClientInstall.program(version);
    List<String> command = new ArrayList<>();
    if (canIsolate()) {
      command.addAll(List.of("unshare", "-n", "-r", "sh", "-c", LOOPBACK_ONLY, "sh"));
    } else {
      System.err.println("no network of its own can be had here: the client runs beside others");
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("surefire.test.class.path")));
    command.add("-Dassay.testdata=" + System.getProperty("assay.testdata"));
    command.addAll(List.of(ClientRun.class.getName(), program.toString(), folder.toString()));

    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(said).isZero();
    System.out.println(said);
  }

  private static boolean canIsolate() throws Exception {
    try {
      return new ProcessBuilder("unshare", "-n", "-r", "ip", "link", "set", "lo", "up")
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
