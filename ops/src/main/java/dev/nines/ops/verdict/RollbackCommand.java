package dev.nines.ops.verdict;

import dev.nines.time.TimeSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Runs the command that brings the former version back, in a shell. */
final class RollbackCommand {

  private final String command;
  private final Map<String, String> variables;
  private final Duration target;
  private final Duration longest;
  private final Consumer<String> progress;

  /**
   * @param variables what the command is told in its environment
   * @param target how long it may take
   * @param longest when it is ended, for it will hardly come to anything: {@code recovery.rto}
   */
  RollbackCommand(
      String command,
      Map<String, String> variables,
      Duration target,
      Duration longest,
      Consumer<String> progress) {
    this.command = command;
    this.variables = variables;
    this.target = target;
    this.longest = longest;
    this.progress = progress;
  }

  Rollback run(TimeSource time) throws InterruptedException {
    long began = time.nanos();
    String outcome;
    try {
      outcome = outcome();
    } catch (IOException notStarted) {
      outcome = "failed: " + notStarted.getMessage();
    }
    Duration took = Duration.ofNanos(time.nanos() - began);
    return new Rollback(true, outcome, Optional.of(took), target, Optional.empty());
  }

  private String outcome() throws IOException, InterruptedException {
    ProcessBuilder shell = new ProcessBuilder("/bin/sh", "-c", command).redirectErrorStream(true);
    shell.environment().putAll(variables);
    Process process = shell.start();
    process.getOutputStream().close();
    Thread reader = new Thread(() -> tell(process), "nines-rollback-output");
    reader.setDaemon(true);
    reader.start();
    try {
      if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
        return "failed: still running after " + Shown.length(longest);
      }
      // What it left running in the background may keep its output open.
      reader.join(TimeUnit.SECONDS.toMillis(1));
      return process.exitValue() == 0 ? Rollback.DONE : "failed: exit code " + process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  private void tell(Process process) {
    try (BufferedReader lines = new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      lines.lines().forEach(line -> progress.accept("rollback: " + line));
    } catch (IOException | UncheckedIOException ended) {
      progress.accept("rollback: its output ended");
    }
  }
}
