package dev.nines.benchmarks.load;

import java.io.Closeable;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A server as a process of its own on the first core, from its start to its end. */
final class RunningStack implements Closeable {

  private static final Duration START = Duration.ofMinutes(2);
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final Stack stack;
  private final Process process;
  private final URI target;
  private final double startMillis;

  private RunningStack(Stack stack, Process process, URI target, double startMillis) {
    this.stack = stack;
    this.process = process;
    this.target = target;
    this.startMillis = startMillis;
  }

  static RunningStack start(Stack stack) throws IOException {
    int port = freePort();
    List<String> command = new ArrayList<>(List.of("taskset", "-c", "0"));
    command.addAll(stack.command());
    command.add(Integer.toString(port));
    long begin = System.nanoTime();
    Process process = new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    URI target = URI.create("http://127.0.0.1:" + port + stack.path());
    while (!answers(target)) {
      if (!process.isAlive() || System.nanoTime() - begin > START.toNanos()) {
        process.destroyForcibly();
        throw new IOException(stack.name() + " did not start: " + String.join(" ", command));
      }
      LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
    }
    return new RunningStack(stack, process, target, (System.nanoTime() - begin) / 1e6);
  }

  private static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0)) {
      return any.getLocalPort();
    }
  }

  private static boolean answers(URI target) {
    try {
      return CLIENT
              .send(HttpRequest.newBuilder(target).build(), BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  Stack stack() {
    return stack;
  }

  URI target() {
    return target;
  }

  double startMillis() {
    return startMillis;
  }

  Readings readings() throws IOException {
    return Readings.of(process.pid());
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
