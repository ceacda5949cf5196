package dev.nines.benchmarks.load;

import dev.nines.benchmarks.chart.BarChart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares stacks end to end and writes {@code NAME.md} and {@code NAME.svg} into the directory that is its first argument.
 * The second is the number of rounds, the third NAME; each further one is a stack, {@code name=command}, whose command gets the port as its
 * last word. Without any, the JDK's server is compared: of the name {@code health} a constant answer with {@code /health}, else
 * {@code /hello} bare with Nines.
 */
public final class LoadMain {

  private static final Duration WARM_UP =
      Duration.ofSeconds(Long.getLong("load.warmUpSeconds", 15));
  private static final Duration ROUND = Duration.ofSeconds(5);
  private static final String HELLO = "/hello";

  private LoadMain() {}

  public static void main(String[] args) throws IOException {
    Path out = Path.of(args[0]);
    int rounds = Integer.parseInt(args[1]);
    List<Stack> stacks = new ArrayList<>();
    for (int i = 3; i < args.length; i++) {
      int split = args[i].indexOf('=');
      stacks.add(new Stack(
          args[i].substring(0, split),
          HELLO,
          List.of(args[i].substring(split + 1).split(" "))));
    }
    if (stacks.isEmpty()) {
      stacks.addAll(args[2].equals("health") ? health() : hello());
    }
    Comparison comparison = new Comparison(stacks, WARM_UP, ROUND, rounds);
    comparison.run();
    Files.createDirectories(out);
    Files.writeString(out.resolve(args[2] + ".md"), comparison.table());
    Map<String, Double> bars = new LinkedHashMap<>();
    comparison.names().forEach(n -> bars.put(n, comparison.median(n, Sample::requestsPerSecond)));
    Files.writeString(out.resolve(args[2] + ".svg"), new BarChart("Requests a second", bars).svg());
    System.out.print(comparison.table());
  }

  private static List<Stack> hello() {
    return List.of(
        Stack.ofJdk("bare", HELLO, "bare"),
        Stack.ofJdk("nines", HELLO, "nines"),
        Stack.ofJdk("nines-lines", HELLO, "nines-lines"));
  }

  private static List<Stack> health() {
    return List.of(
        Stack.ofJdk("constant", HELLO, "bare"),
        Stack.ofJdk("health of 10 checks", "/health", "health-10"),
        Stack.ofJdk("health of 1,000 checks", "/health", "health-1000"));
  }
}
