package dev.nines.benchmarks.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Reads {@code /metrics} each second, as an impatient Prometheus, from a stack whose name says that it is scraped. */
final class Scraper implements AutoCloseable {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final boolean needed;
  private volatile boolean read;

  private Scraper(boolean needed) {
    this.needed = needed;
  }

  static Scraper of(RunningStack stack) {
    Scraper scraper = new Scraper(stack.stack().name().endsWith("scraped"));
    if (scraper.needed) {
      URI metrics = URI.create("http://127.0.0.1:" + (stack.hello().getPort() + 1) + "/metrics");
      scraper.clock.scheduleAtFixedRate(() -> scraper.scrape(metrics), 0, 1, TimeUnit.SECONDS);
    }
    return scraper;
  }

  private void scrape(URI metrics) {
    try {
      int status = CLIENT
          .send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.discarding())
          .statusCode();
      if (status == 200) {
        read = true;
      }
    } catch (IOException unread) {
      // close() tells of it.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** @throws IllegalStateException if nothing could be read, for then the round shows nothing */
  @Override
  public void close() {
    clock.shutdownNow();
    if (needed && !read) {
      throw new IllegalStateException("/metrics: never read (expected: 200 each second)");
    }
  }
}
