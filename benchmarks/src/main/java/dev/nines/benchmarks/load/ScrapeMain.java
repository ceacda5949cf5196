package dev.nines.benchmarks.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What a scrape of ten thousand series each second does to requests: {@code OUT SECONDS}. Seconds with a scrape and seconds
 * without take turns in one process, for two processes of one service differ by more, and so do minutes of one machine. Who
 * scrapes has the lowest priority on the driver's core, so that its reading delays no clock of the driver's. Writes
 * {@code scrape.md}.
 */
public final class ScrapeMain {

  private static final int WARM_UP_SECONDS = 40;
  private static final int OFTEN_MILLIS = 25;
  private static final int EVERY_OTHER_SECOND_MILLIS = 2_000;
  private static final int SCRAPER_START_MILLIS = 4_000;
  private static final int INTO_SECOND_MILLIS = 5;

  private ScrapeMain() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Path out = Files.createDirectories(Path.of(args[0]));
    int pairs = Integer.parseInt(args[1]) / 2;
    StringBuilder table = new StringBuilder("""
        | 10,000 series in | seconds | a scrape, ms | p99 without, ms | p99 with, ms | of that without | 95 % | fewer requests |
        |---|--:|--:|--:|--:|--:|--:|--:|
        """);
    for (Stack stack : List.of(
        Stack.ofJdk("Nines", "/hello", "nines-filled"),
        Stack.ofJdk("PrometheusMeterRegistry", "/hello", "micrometer-filled"))) {
      System.err.println("measuring " + stack.name());
      try (RunningStack running = RunningStack.start(stack)) {
        String row = row(stack.name(), running.target().getPort(), pairs);
        System.err.print(row);
        table.append(row);
      }
    }
    Files.writeString(out.resolve("scrape.md"), table);
    System.out.print(table);
  }

  private static String row(String name, int port, int pairs)
      throws IOException, InterruptedException {
    // Its code is then as warm as after a day.
    flood(port, OFTEN_MILLIS, WARM_UP_SECONDS * 1_000 / OFTEN_MILLIS, WARM_UP_SECONDS);
    Scraped scraped = flood(port, EVERY_OTHER_SECOND_MILLIS, pairs, 2 * pairs);
    Turns turns = scraped.turns;
    double[] ratio = turns.ratio();
    return String.format(
        Locale.ROOT,
        "| %s | %d | %s | %.3f | %.3f | %.3f | %.3f - %.3f | %.1f %% |%n",
        name,
        2 * pairs,
        scraped.scrapeMillis,
        turns.p99MillisWithout(),
        turns.p99MillisWith(),
        ratio[0],
        ratio[1],
        ratio[2],
        100 * turns.fewer());
  }

  private record Scraped(Turns turns, String scrapeMillis) {}

  private static Scraped flood(int port, int periodMillis, int scrapes, int seconds)
      throws IOException, InterruptedException {
    long begin = System.nanoTime() + SCRAPER_START_MILLIS * 1_000_000L;
    long first = System.currentTimeMillis() + SCRAPER_START_MILLIS + INTO_SECOND_MILLIS;
    Process scraper = new ProcessBuilder(
            "chrt",
            "-i",
            "0",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            Scraper.class.getName(),
            Integer.toString(port + 1),
            Long.toString(first),
            Integer.toString(periodMillis),
            Integer.toString(scrapes))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    try {
      Turns turns = new Turns(Flood.of(port, begin, seconds));
      if (scraper.waitFor() != 0) {
        throw new IOException("a scrape has failed, so that this shows nothing");
      }
      return new Scraped(
          turns, new String(scraper.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
    } finally {
      scraper.destroyForcibly();
    }
  }
}
