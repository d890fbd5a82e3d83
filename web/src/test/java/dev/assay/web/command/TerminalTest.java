package dev.assay.web.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TerminalTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  private String shown() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void terminal_rewritesOneLine() {
    Terminal terminal = new Terminal(stream, true);

    terminal.progress("Reading 10%");
    terminal.say("Done");

    assertThat(shown()).isEqualTo("\r\u001b[2KReading 10%\r\u001b[2KDone\n");
  }

  @Test
  void plainStream_getsWholeLines() {
    Terminal terminal = new Terminal(stream, false);

    terminal.progress("Reading 10%");
    terminal.say("Done");

    assertThat(shown()).isEqualTo("Reading 10%\nDone\n");
  }

  @Test
  void plainStream_isNotFlooded() {
    Terminal terminal = new Terminal(stream, false);

    for (int i = 0; i < 1000; i++) {
      terminal.progress("Reading " + i);
    }

    assertThat(shown()).isEqualTo("Reading 0\n");
  }

  @Test
  void clear_letsTheNextProgressShowAtOnce() {
    Terminal terminal = new Terminal(stream, true);

    terminal.progress("one");
    terminal.clear();
    terminal.progress("two");

    assertThat(shown()).endsWith("\r\u001b[2Ktwo");
  }
}
