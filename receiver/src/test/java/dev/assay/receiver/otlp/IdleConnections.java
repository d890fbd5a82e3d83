package dev.assay.receiver.otlp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Connections that say nothing, in a process of their own: one that held both ends of 10,000 would
 * need more open files than a process may have in many places.
 */
final class IdleConnections {
  /** What it prints when all are open. */
  static final String OPEN = "open";

  private IdleConnections() {}

  /** Starts it; so many connections to each port. */
  static Process start(int toEach, int... ports) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(IdleConnections.class.getName());
    command.add(String.valueOf(toEach));
    for (int port : ports) {
      command.add(String.valueOf(port));
    }
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** Arguments: how many to each port, the ports. Ends with its input. */
  public static void main(String[] arguments) throws IOException {
    List<Socket> open = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(arguments[0]); i++) {
      for (int port = 1; port < arguments.length; port++) {
        open.add(new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[port])));
      }
    }
    System.out.println(OPEN);
    while (System.in.read() >= 0) {
      // until it is closed
    }
    for (Socket socket : open) {
      socket.close();
    }
  }
}
