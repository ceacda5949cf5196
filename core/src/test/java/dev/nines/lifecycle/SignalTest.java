package dev.nines.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A real JVM gets a real SIGTERM. */
class SignalTest {

  /** 128 + SIGTERM: how a JVM ends that was asked to. */
  private static final int TERMINATED = 143;

  private final HttpClient client = HttpClient.newHttpClient();
  private Process process;
  private BufferedReader output;
  private int app;
  private int probe;

  @AfterEach
  void kill() {
    process.destroyForcibly();
  }

  @Test
  void noRequestFailsWhenClientsStopOnUnready() throws Exception {
    start("serving");
    AtomicBoolean unready = new AtomicBoolean();
    AtomicInteger good = new AtomicInteger();
    List<String> bad = new java.util.concurrent.CopyOnWriteArrayList<>();
    List<CompletableFuture<Void>> clients = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      clients.add(async(() -> {
        while (!unready.get()) {
          count(work(5), good, bad);
        }
      }));
    }
    Awaitility.await().until(() -> good.get() > 200);
    CompletableFuture<Void> slow = async(() -> count(work(2_500), good, bad));
    CompletableFuture<Void> balancer = async(() -> {
      while (!unready.get()) {
        unready.set(get(probe, "/ready").equals("503"));
      }
    });

    long signalled = System.nanoTime();
    terminate();
    balancer.join();
    clients.forEach(CompletableFuture::join);
    assertThat(work(0))
        .as("a client that hasn't seen it yet, within the pre-stop wait")
        .isEqualTo("200");
    slow.join();
    int exit = exit();

    assertThat(bad).isEmpty();
    assertThat(exit).isEqualTo(TERMINATED);
    assertThat(sinceNanos(signalled)).isGreaterThan(ServiceUnderSignal.PRE_STOP);
    assertThat(rest())
        .containsExactly("lifecycle_draining", "pool closed", "lifecycle_stopped", "probe closed");
  }

  @Test
  void whatHangsDoesNotOutliveTheGrace() throws Exception {
    start("hanging");
    long signalled = System.nanoTime();
    terminate();

    assertThat(exit()).isEqualTo(TERMINATED);
    assertThat(sinceNanos(signalled)).isLessThan(ServiceUnderSignal.TIMINGS.grace());
    assertThat(rest()).endsWith("lifecycle_stopped", "shutdown_close_hung", "probe closed");
  }

  @Test
  void aSignalDuringTheStartReleasesWhatWasOpenedAndWaitsForNobody() throws Exception {
    start("starting");
    long signalled = System.nanoTime();
    terminate();

    assertThat(exit()).isEqualTo(TERMINATED);
    assertThat(sinceNanos(signalled)).isLessThan(ServiceUnderSignal.TIMINGS.grace());
    assertThat(rest())
        .containsExactly("lifecycle_draining", "pool closed", "lifecycle_stopped", "probe closed");
  }

  private void start(String mode) throws IOException {
    process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            ServiceUnderSignal.class.getName(),
            mode)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    output = process.inputReader(StandardCharsets.UTF_8);
    String line = output.readLine();
    while (line != null && !line.startsWith("ports ")) {
      line = output.readLine();
    }
    String[] ports = String.valueOf(line).split(" ");
    app = Integer.parseInt(ports[1]);
    probe = Integer.parseInt(ports[2]);
  }

  /** Not through {@link Process#destroy}, which closes the streams too. */
  private void terminate() {
    assertThat(process.toHandle().destroy()).isTrue();
  }

  private int exit() throws InterruptedException {
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private List<String> rest() {
    return output.lines().toList();
  }

  private String work(int millis) {
    return get(app, "/work?" + millis);
  }

  private String get(int port, String path) {
    HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
        .timeout(Duration.ofSeconds(10))
        .build();
    try {
      HttpResponse<Void> response = client.send(request, BodyHandlers.discarding());
      return String.valueOf(response.statusCode());
    } catch (IOException e) {
      return e.toString();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return e.toString();
    }
  }

  private static void count(String status, AtomicInteger good, List<String> bad) {
    if (status.equals("200")) {
      good.incrementAndGet();
    } else {
      bad.add(status);
    }
  }

  private static Duration sinceNanos(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  private static CompletableFuture<Void> async(Runnable task) {
    return CompletableFuture.runAsync(task, runnable -> new Thread(runnable).start());
  }
}
