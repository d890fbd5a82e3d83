package dev.assay.proto.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.proto.telemetry.AllowList.Use;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowListTest {
  @Test
  void everyAttributeOfTheAgent_isKept() throws IllegalAccessException {
    for (Field field : AssayAttributes.class.getFields()) {
      assertThat(AllowList.of((String) field.get(null)).isKept()).as(field.getName()).isTrue();
    }
  }

  @Test
  void documentation_namesEach() throws IOException {
    String page =
        Files.readString(
            Path.of(System.getProperty("assay.testdata")).resolveSibling("docs/telemetry.md"));
    assertThat(AllowList.names()).allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "prompt",
        "prompt_text",
        "response",
        "body",
        "body_ref",
        "error",
        "full_command",
        "bash_command",
        "user_prompt",
        "file_path",
        "tool.output",
        "workspace.host_paths",
        "something.unheard.of",
        ""
      })
  void contents_areRemoved(String attribute) {
    assertThat(AllowList.of(attribute)).isEqualTo(Use.REMOVED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tool_input", "tool_parameters"})
  void toolInputs_areOnlyRead(String attribute) {
    assertThat(AllowList.of(attribute)).isEqualTo(Use.READ);
  }
}
