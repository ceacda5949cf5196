package dev.nines.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether redaction's time grows with the length of an attacker's text and not faster, whatever the machine does meanwhile. */
class LinearTimeTest {

  private static final int HALF = 500_000;

  /** What a collection of garbage or a compilation may add on this thread. */
  private static final long NOISE_NANOS = 20_000_000;

  private static final long MOST_NANOS = 1_000_000_000;

  /** The shortest of them counts, for the first ones are slow until they are compiled. */
  private static final int MOST_RUNS = 8;

  private final Redaction all = new Redaction(Set.of(), Set.of(PersonalData.values()));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=",
        ":",
        "password=",
        "password:",
        "\"",
        "\\\"",
        "password=\"",
        "password=\\",
        "password={",
        "password=[",
        "password",
        "cookie=a; ",
        "____",
        "token = ",
        "authorization: bearer ",
        "'=",
        "password=\"\\\\\"",
        ">",
        "<password>",
        "<password><",
        "<password><![CDATA[",
        "--",
        "--password ",
        "--password",
        "{\"password\":{",
        "<password a=\"b\">",
        "<password><![CDATA[[REDACTED]",
        "password=\"[REDACTED] ",
        "<password><![CDATA[]",
        "password[",
        "password     ",
        "password%3D",
        "%22",
        "token\\u003d",
        "password=<",
        "password=`",
        "password=''",
        "authorization: x a=b, ",
        "authorization: x a=\"",
        "password：",
        "->",
        "a",
        "b",
        "bearer ",
        "bearer\t\t",
        "basic YTpi",
        "Basic AAAA",
        "eyJ",
        "-eyJ",
        "_eyJhbGciOiJIUzI1NiJ9",
        "eyJhbGciOiJIUzI1NiJ9.",
        "AKIA",
        "AIza",
        "ghp_",
        "github_pat_",
        "sk_live_",
        "xoxb-",
        "-----BEGIN PRIVATE KEY-----",
        "-----BEGIN ",
        "-----BEGIN PRIVATE KEY-----\\n",
        "-",
        "-----END ",
        "://",
        "://a:b",
        "://a:b/",
        "://a:b/?#@",
        ":\\/\\/a:",
        "@",
        "a@",
        "a@b.",
        "a.",
        "1",
        "4111 ",
        "4111-1111-",
        "4111 1111 1111 1112 ",
        "%20",
        "\\n",
        "DE89",
        "DE89 3704 ",
        "aB3",
        "hooks.slack.com/",
        "jdbc:oracle:thin:a/",
        "ya29.",
        "\u00e4@"
      })
  void timeGrowsWithTheLengthOfAnAttackersTextAndNotFaster(String unit) {
    String half = unit.repeat(HALF / unit.length());
    long bound = 0;
    long whole = Long.MAX_VALUE;
    long bestHalf = Long.MAX_VALUE;
    for (int run = 0; run < MOST_RUNS && whole >= bound; run++) {
      bestHalf = Math.min(bestHalf, time(half));
      whole = Math.min(whole, time(half + half));
      bound = Math.min(MOST_NANOS, 3 * bestHalf + NOISE_NANOS);
    }
    assertThat(whole).isLessThan(bound);
  }

  @Test
  void timeIsLinearWhereEachQuoteIsDeeperThanTheOneBefore() {
    StringBuilder text = new StringBuilder();
    for (int depth = 1; text.length() < 2 * HALF; depth++) {
      text.append("password=").append("\\".repeat(depth)).append("\"[REDACTED] ");
    }
    assertThat(time(text.toString())).isLessThan(MOST_NANOS);
  }

  /** Returns the CPU time of this thread, so that neighbours on the machine don't count. */
  private long time(String text) {
    long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    assertThat(all.text(text)).isNotEmpty();
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
  }
}
