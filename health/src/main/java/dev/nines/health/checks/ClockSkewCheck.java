package dev.nines.health.checks;

import dev.nines.dependency.Check;
import dev.nines.dependency.CheckResult;
import dev.nines.dependency.CheckRun;
import dev.nines.targets.Durations;
import dev.nines.time.TimeSource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** See {@link UpkeepChecks#clockSkew}. */
final class ClockSkewCheck implements Check {

  private final HttpQuestion question;
  private final Duration most;
  private final TimeSource time;

  ClockSkewCheck(URI uri, Duration most, TimeSource time) {
    this.question = new HttpQuestion(uri);
    this.most = Require.positive("clockSkew.most", most);
    this.time = time;
  }

  @Override
  public CheckResult run(CheckRun run) throws IOException, InterruptedException {
    Instant sent = time.now();
    HttpHeaders headers = question.ask(run, BodyHandlers.discarding()).headers();
    Instant received = time.now();
    if (headers.firstValue("Age").isPresent()) {
      return CheckResult.unhealthy("the answer is from a cache, and so is its date");
    }
    return date(headers)
        .map(theirs -> judge(theirs, sent, received))
        .orElseGet(() -> CheckResult.unhealthy("the answer has no readable Date"));
  }

  /**
   * Their clock stood within the second that begins at {@code theirs}, at some moment between ours of sending and
   * receiving. Only what lies outside of all that is proven to be skew, so that a slow answer never looks like it.
   */
  private CheckResult judge(Instant theirs, Instant sent, Instant received) {
    Duration ahead = Duration.between(theirs.plusSeconds(1), sent);
    Duration behind = Duration.between(received, theirs);
    boolean isAhead = ahead.compareTo(behind) > 0;
    Duration skew = isAhead ? ahead : behind;
    return skew.compareTo(most) > 0
        ? CheckResult.degraded("this clock is at least "
            + Durations.format(skew.truncatedTo(ChronoUnit.MILLIS))
            + (isAhead ? " ahead" : " behind") + " (expected: at most " + Durations.format(most)
            + ")")
        : CheckResult.healthy();
  }

  private static Optional<Instant> date(HttpHeaders headers) {
    try {
      return headers.firstValue("Date").map(text -> ZonedDateTime.parse(
              text, DateTimeFormatter.RFC_1123_DATE_TIME)
          .toInstant());
    } catch (DateTimeException e) {
      return Optional.empty(); // the caller says so
    }
  }
}
