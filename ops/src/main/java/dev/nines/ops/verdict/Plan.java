package dev.nines.ops.verdict;

import dev.nines.ops.http.BoundedHttp;
import dev.nines.targets.ReliabilityTargets;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is to be watched, and how. */
record Plan(
    ReliabilityTargets targets,
    String service,
    Optional<String> version,
    Optional<String> baseline,
    Optional<String> environment,
    Optional<Instant> since,
    Duration before,
    Duration duration,
    Duration warmUp,
    Duration patience,
    Duration interval,
    List<URI> smoke,
    Optional<String> rollbackCommand,
    Optional<URI> notifyUrl,
    Optional<String> pipeline) {

  Plan {
    smoke.forEach(url -> BoundedHttp.address("smoke", url));
    notifyUrl.ifPresent(Plan::requireWeb);
    atLeast("before", before, Duration.ofSeconds(1));
    atLeast("duration", duration, Duration.ofSeconds(1));
    atLeast("warm-up", warmUp, Duration.ZERO);
    atLeast("wait", patience, Duration.ZERO);
    atLeast("interval", interval, Duration.ofMillis(100));
    if (interval.multipliedBy(2).compareTo(duration) > 0) {
      throw new IllegalArgumentException("duration: " + duration.toMillis()
          + " ms (expected: at least twice the interval of " + interval.toMillis() + " ms)");
    }
    if (version.isPresent() && version.equals(baseline)) {
      throw new IllegalArgumentException(
          "baseline: " + baseline.get() + " (expected: another version than the one judged)");
    }
    smoke = List.copyOf(smoke);
  }

  /** Its path is mostly a secret, so a message must not repeat it. */
  private static void requireWeb(URI url) {
    if (!("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
        || url.getHost() == null) {
      throw new IllegalArgumentException(
          "notify-url: no address of http or https (expected: one in the file, and nothing else)");
    }
  }

  private static void atLeast(String name, Duration value, Duration least) {
    if (value.compareTo(least) < 0 || value.compareTo(Duration.ofDays(366)) > 0) {
      throw new IllegalArgumentException(
          name + ": " + value + " (expected: at least " + least.toMillis() + " ms, at most 366 d)");
    }
  }
}
