package dev.nines.metrics;

import dev.nines.Nines;
import dev.nines.dependency.Check;
import dev.nines.dependency.CheckResult;
import dev.nines.dependency.CheckRun;
import dev.nines.dependency.Dependency;
import dev.nines.endpoint.EndpointRequest;
import dev.nines.metrics.watch.Watch;
import dev.nines.targets.LifecycleTimings;
import dev.nines.targets.ReliabilityTargets;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ForkJoinPool;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A service to be run by a class loader that lacks what can be watched. */
public final class BareService {

  private static final ReliabilityTargets TARGETS = ReliabilityTargets.builder()
      .lifecycle(new LifecycleTimings(
          Duration.ofMinutes(2), Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(30)))
      .build();

  private BareService() {}

  /** Starts, scrapes and stops it. */
  public static String scrape() {
    GoldenSignals signals = GoldenSignals.prometheus();
    signals.watch(Watch.queue("mails", new ArrayBlockingQueue<>(1)));
    signals.watch(Watch.executor("mailer", ForkJoinPool.commonPool()));
    try (Nines nines = Nines.builder("bare")
        .targets(TARGETS)
        .dependency(Dependency.required("orders-db", new Asking(new PGSimpleDataSource())))
        .install(signals)
        .withoutShutdownHook()
        .start()) {
      EndpointRequest scrape = new EndpointRequest("GET", "/metrics", Map.of(), Map.of(), false);
      return new String(nines.endpoints().handle(scrape).body(), StandardCharsets.UTF_8);
    }
  }

  /** Asks for what is missing. */
  public static void watchJdbc() {
    Watch.jdbc("orders-db", new PGSimpleDataSource());
  }

  private record Asking(DataSource source) implements Check {

    @Override
    public CheckResult run(CheckRun run) {
      return CheckResult.healthy();
    }

    @Override
    public Optional<Object> subject() {
      return Optional.of(source);
    }
  }
}
