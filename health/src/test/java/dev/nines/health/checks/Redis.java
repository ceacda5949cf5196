package dev.nines.health.checks;

import static org.awaitility.Awaitility.await;

import dev.nines.health.Signals;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import redis.embedded.core.ExecutableProvider;

/** A real Redis that can be frozen, thawed, killed and started again on the same port. */
final class Redis implements AutoCloseable {

  private final List<String> command;
  private final Path directory;
  private final int port;
  private Process process;

  private Redis(Path directory, int port, List<String> command) throws IOException {
    this.directory = directory;
    this.port = port;
    this.command = command;
    start();
  }

  /** @param options as on the command line; a port among them is 0, for a free one */
  static Redis startedIn(Path directory, String... options) throws IOException {
    int port = freePort();
    Path program =
        ExecutableProvider.newJarResourceProvider(directory.toFile()).get().toPath();
    List<String> command = new ArrayList<>(
        List.of(program.toString(), "--bind", "127.0.0.1", "--save", "", "--daemonize", "no"));
    if (List.of(options).contains("--tls-port")) {
      command.addAll(List.of("--port", "0"));
    } else {
      command.addAll(List.of("--port", "PORT"));
    }
    command.addAll(List.of(options));
    command.replaceAll(word -> word.equals("PORT") ? Integer.toString(port) : word);
    return new Redis(directory, port, command);
  }

  int port() {
    return port;
  }

  void freeze() {
    Signals.send("STOP", List.of(process.pid()));
  }

  void thaw() {
    Signals.send("CONT", List.of(process.pid()));
  }

  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  void start() throws IOException {
    process = new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(Files.createTempFile(directory, "redis", ".log").toFile())
        .start();
    await().until(this::accepts);
  }

  @Override
  public void close() {
    kill();
  }

  private boolean accepts() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false; // not yet
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }
}
