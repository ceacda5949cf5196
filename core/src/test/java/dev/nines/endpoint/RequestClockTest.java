package dev.nines.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.testing.ManualTime;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RequestClockTest {

  private static final AdminLimits LIMITS = AdminLimits.standard()
      .withTimes(
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(3),
          Duration.ofSeconds(4));
  private static final HttpRequest REQUEST = new BasicHttpRequest("GET", "/health");

  private final ManualTime time = new ManualTime();
  private final AtomicInteger cuts = new AtomicInteger();
  private final RequestClock clock = new RequestClock(LIMITS, time, cuts::incrementAndGet);

  private enum Doing {
    HEAD(LIMITS.headTime()) {
      @Override
      void reach(RequestClock clock) {}
    },
    BODY(LIMITS.bodyTime()) {
      @Override
      void reach(RequestClock clock) {
        clock.onRequestHead(null, REQUEST);
      }
    },
    ANSWER(LIMITS.answerTime()) {
      @Override
      void reach(RequestClock clock) {
        BODY.reach(clock);
        clock.requestComplete();
      }
    },
    IDLE(LIMITS.idleTime()) {
      @Override
      void reach(RequestClock clock) {
        ANSWER.reach(clock);
        clock.onExchangeComplete(null, true);
      }
    },
    WAIT(Endpoint.LONGEST_WAIT.plus(LIMITS.answerTime())) {
      @Override
      void reach(RequestClock clock) {
        ANSWER.reach(clock);
        clock.waits();
      }
    },
    SECOND_HEAD(LIMITS.headTime()) {
      @Override
      void reach(RequestClock clock) {
        IDLE.reach(clock);
        clock.input();
      }
    };

    private final Duration atMost;

    Doing(Duration atMost) {
      this.atMost = atMost;
    }

    abstract void reach(RequestClock clock);
  }

  @ParameterizedTest
  @EnumSource
  void eachPhaseHasItsOwnDeadlineThatNoByteMoves(Doing doing) {
    time.advance(Duration.ofSeconds(100));
    RequestClock late = new RequestClock(LIMITS, time, cuts::incrementAndGet);
    doing.reach(late);

    for (Duration spent = Duration.ZERO;
        spent.compareTo(doing.atMost) < 0;
        spent = spent.plusMillis(100)) {
      assertThat(late.overdue(time.nanos())).as("after " + spent).isFalse();
      time.advance(Duration.ofMillis(100));
      if (doing != Doing.IDLE) {
        late.input();
      }
    }
    assertThat(late.overdue(time.nanos())).isTrue();
  }

  @Test
  void anAnswerMayGoForAnotherConnectionOnlyAfterASecond() {
    assertThat(clock.expendable(time.nanos())).isTrue();
    Doing.ANSWER.reach(clock);
    assertThat(clock.expendable(time.nanos())).isFalse();
    time.advance(Duration.ofMillis(1_001));
    assertThat(clock.expendable(time.nanos())).isTrue();
  }

  @Test
  void whoSendsNothingMoreIsNotWaitedFor() {
    Doing.ANSWER.reach(clock);
    clock.inputOver();
    assertThat(cuts).as("the answer is under way").hasValue(0);
    clock.waits();
    assertThat(cuts).hasValue(1);

    RequestClock other = new RequestClock(LIMITS, time, cuts::incrementAndGet);
    Doing.WAIT.reach(other);
    assertThat(other.expendable(time.nanos())).isTrue();
    other.inputOver();
    assertThat(cuts).hasValue(2);
  }

  @Test
  void moreThanSixteenRequestsAheadOfTheirAnswersAreCut() {
    for (int i = 0; i < 16; i++) {
      clock.onRequestHead(null, REQUEST);
    }
    assertThat(cuts).hasValue(0);
    clock.onRequestHead(null, REQUEST);
    assertThat(cuts).hasValue(1);
  }
}
