package dev.nines.dependency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.nines.request.ErrorKind;
import dev.nines.request.Exchange;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.testing.TestRequests;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.Scope;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ErrorKindTest {

  private final TestGuard closed = TestGuard.closedBreaker();
  private final TestRequests requests =
      new TestRequests(ReliabilityTargets.threeNines(), closed.time, OpenTelemetry.noop());

  private interface Handler {
    void handle() throws Exception;
  }

  @AfterEach
  void close() {
    closed.close();
  }

  @Test
  void whatWentWellIsNoError() {
    assertThat(served(200, () -> {})).isNull();
    assertThat(served(404, () -> {})).isNull();
  }

  @Test
  void whatTheHandlerThrowsOfItsOwnIsAServerError() {
    assertThat(served(500, () -> {
          throw new IllegalStateException();
        }))
        .isEqualTo(ErrorKind.SERVER_ERROR);
    assertThat(served(500, () -> {})).isEqualTo(ErrorKind.SERVER_ERROR);
  }

  @Test
  void aTimeoutIsFoundWithinWhatWasThrown() {
    assertThat(served(500, () -> {
          throw new CompletionException(new TimeoutException());
        }))
        .isEqualTo(ErrorKind.TIMEOUT);
    assertThat(served(504, () -> {})).isEqualTo(ErrorKind.TIMEOUT);
  }

  @Test
  void anExceptionThatIsItsOwnCauseTwiceRemovedIsNoEndlessWalk() {
    Exception outer = new Exception();
    Exception inner = new Exception(outer);
    outer.initCause(inner);

    assertThat(served(500, () -> {
          throw outer;
        }))
        .isEqualTo(ErrorKind.SERVER_ERROR);
  }

  @Test
  void aFailedCallIsTheDependencysAlsoIfTheHandlerSaysNothingOfIt() {
    assertThat(served(
            500,
            () -> closed.guard.run(() -> {
              throw new IOException("refused");
            })))
        .isEqualTo(ErrorKind.DEPENDENCY);
    assertThat(served(
            503,
            () -> catchThrowable(() -> closed.guard.run(() -> {
              throw new IOException("refused");
            }))))
        .isEqualTo(ErrorKind.DEPENDENCY);
  }

  @Test
  void aTimeoutOfTheClientsOwnIsATimeout() {
    assertThat(served(
            500,
            () -> closed.guard.run(() -> {
              throw new SocketTimeoutException();
            })))
        .isEqualTo(ErrorKind.TIMEOUT);
  }

  @Test
  void aMissedDeadlineIsATimeout() {
    assertThat(served(
            500,
            () -> closed.guard.run(() -> {
              closed.time.advance(Duration.ofMinutes(1));
              throw new IOException();
            })))
        .isEqualTo(ErrorKind.TIMEOUT);
  }

  @Test
  void anOpenBreakerIsToldApart() {
    try (TestGuard open = TestGuard.openBreaker()) {
      assertThat(served(500, () -> open.guard.call(() -> "never")))
          .isEqualTo(ErrorKind.BREAKER_OPEN);
      assertThat(served(503, () -> catchThrowable(() -> open.guard.call(() -> "never"))))
          .isEqualTo(ErrorKind.BREAKER_OPEN);
    }
  }

  @Test
  void anAsynchronousCallThatFailsElsewhereBelongsToItsRequest() {
    assertThat(served(503, () -> {
          CompletableFuture<String> answer = new CompletableFuture<>();
          closed.guard.callAsync(() -> answer);
          answer.completeExceptionally(new IOException());
        }))
        .isEqualTo(ErrorKind.DEPENDENCY);
  }

  @Test
  void aCallWhoseFallbackServedIsNoReason() {
    assertThat(served(500, () -> {
          closed.guard.callOr(
              () -> {
                throw new IOException();
              },
              failure -> "instead");
          throw new IllegalStateException("something else");
        }))
        .isEqualTo(ErrorKind.SERVER_ERROR);
  }

  @Test
  void refusalsAndAbortsAreTheirOwnKinds() {
    Exchange rejected = requests.begin("GET /");
    rejected.reject(503);
    Exchange aborted = requests.begin("GET /");
    aborted.abort(200, new IOException());

    assertThat(rejected.errorKind()).isEqualTo(ErrorKind.REJECTED);
    assertThat(aborted.errorKind()).isEqualTo(ErrorKind.CLIENT_ABORT);
  }

  /** Serves a request as an adapter does, and returns what it makes of it. */
  private @Nullable ErrorKind served(int status, Handler handler) {
    Exchange exchange = requests.begin("GET /");
    try (Scope current = exchange.context().makeCurrent()) {
      handler.handle();
      exchange.end(status);
    } catch (Exception e) {
      exchange.fail(status, e);
    }
    return exchange.errorKind();
  }
}
