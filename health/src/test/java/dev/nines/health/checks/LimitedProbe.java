package dev.nines.health.checks;

import dev.nines.dependency.Check;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Runs in a control group, and does and says what it is told to, a line at a time. */
final class LimitedProbe {

  private static final BigDecimal TARGET = new BigDecimal("0.8");
  /** Over the target of the group's 256 with nothing else, and leaves room for this process. */
  private static final int MEBIS = 212;

  private volatile boolean busy;

  private LimitedProbe() {}

  public static void main(String[] args) throws Exception {
    new LimitedProbe().serve(Path.of(args[0]));
  }

  private void serve(Path file) throws Exception {
    Check memory = Checks.memory(TARGET);
    Check cpu = Checks.cpu(TARGET);
    var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    var answers =
        new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.US_ASCII), true);
    answers.println("started");
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      answers.println(
          switch (line) {
            case "memory" -> status(memory);
            case "cpu" -> status(cpu);
            case "fill" -> fill(file);
            case "free" -> Files.deleteIfExists(file);
            case "work" -> work();
            case "rest" -> busy = false;
            default -> throw new IllegalArgumentException(line);
          });
    }
  }

  private static Object status(Check check) throws Exception {
    return check.run(new TestRun(Duration.ofSeconds(10))).status();
  }

  /** What is kept in memory belongs to the group of whoever wrote it, even in a file. */
  private static Object fill(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      byte[] mebi = new byte[1 << 20];
      for (int i = 0; i < MEBIS; i++) {
        out.write(mebi);
      }
    }
    return MEBIS;
  }

  private Object work() {
    busy = true;
    Thread worker = new Thread(() -> {
      while (busy) {
        Thread.onSpinWait();
      }
    });
    worker.setDaemon(true);
    worker.start();
    return busy;
  }
}
