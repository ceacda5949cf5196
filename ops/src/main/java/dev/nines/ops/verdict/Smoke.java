package dev.nines.ops.verdict;

import dev.nines.ops.http.Answer;
import dev.nines.ops.http.BoundedHttp;
import dev.nines.time.TimeSource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The first requests to a new version: each must succeed once, within the time that a start may take. */
final class Smoke {

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final long MOST_BYTES = 16L * 1024 * 1024;

  private final BoundedHttp http = new BoundedHttp(LIMIT, MOST_BYTES);
  private final TimeSource time;
  private final Pause pause;
  private final List<Health> answers = new ArrayList<>();

  Smoke(TimeSource time, Pause pause) {
    this.time = time;
    this.pause = pause;
  }

  /** Returns what went wrong; empty if each address answered with 200 to 399. */
  Optional<String> failure(List<URI> addresses, Duration patience) throws InterruptedException {
    Instant end = time.now().plus(patience);
    for (URI address : addresses) {
      Health health = ask(address);
      while (health.seconds().isEmpty() && time.now().isBefore(end)) {
        pause.wait(AGAIN);
        health = ask(address);
      }
      answers.add(health);
      if (health.seconds().isEmpty()) {
        return Optional.of("the smoke test " + address + " failed: " + health.status());
      }
    }
    return Optional.empty();
  }

  List<Health> answers() {
    return List.copyOf(answers);
  }

  /** Only what went well has a time. */
  private Health ask(URI address) throws InterruptedException {
    try {
      Answer answer = http.send(HttpRequest.newBuilder(address).timeout(LIMIT).build());
      return new Health(
          address.toString(),
          String.valueOf(answer.status()),
          answer.isWell() ? Optional.of(answer.took().toNanos() / 1e9) : Optional.empty());
    } catch (IOException unanswered) {
      return new Health(
          address.toString(), String.valueOf(unanswered.getMessage()), Optional.empty());
    }
  }
}
