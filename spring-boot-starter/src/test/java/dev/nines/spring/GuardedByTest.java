package dev.nines.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nines.dependency.CallOutcome;
import dev.nines.dependency.DeadlineExceededException;
import dev.nines.dependency.Dependency;
import dev.nines.dependency.Guard;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class GuardedByTest {

  private final ApplicationContextRunner runner = new ApplicationContextRunner()
      .withConfiguration(
          AutoConfigurations.of(NinesAutoConfiguration.class, NinesCallsAutoConfiguration.class))
      .withUserConfiguration(Service.class)
      .withPropertyValues("nines.lifecycle.pre-stop=0s");

  @Configuration(proxyBeanMethods = false)
  static class Service {

    @Bean
    Dependency payments() {
      return Dependency.optional("payments").deadline(Duration.ofMinutes(1));
    }

    @Bean
    Dependency slow() {
      return Dependency.optional("slow").deadline(Duration.ofMillis(50));
    }

    @Bean
    Dependency stock() {
      return Dependency.optional("stock").deadline(Duration.ofMinutes(1)).idempotent();
    }

    @Bean
    EndedCalls endedCalls() {
      return new EndedCalls();
    }

    @Bean
    Payments client() {
      return new Payments();
    }

    @Bean
    Stock stockClient() {
      return new Stock();
    }

    @Bean
    Handle handle(@GuardedBy("payments") Guard guard) {
      return new Handle(guard);
    }
  }

  record Handle(Guard guard) {}

  static class Payments {

    @GuardedBy("payments")
    public String charge() {
      return "charged";
    }

    @GuardedBy("payments")
    public String broken() throws IOException {
      throw new IOException("broken");
    }

    @GuardedBy("slow")
    public String never() throws InterruptedException {
      new CountDownLatch(1).await();
      return "too late";
    }

    @GuardedBy("slow")
    public CompletableFuture<String> neverLater() {
      return new CompletableFuture<>();
    }

    @GuardedBy("payments")
    public Mono<String> mono() {
      return Mono.just("charged");
    }

    @GuardedBy("payments")
    public Mono<String> brokenMono() {
      return Mono.error(new IOException("broken"));
    }

    @GuardedBy("slow")
    public Mono<String> neverMono() {
      return Mono.never();
    }

    @GuardedBy("payments")
    public Flux<Integer> flux() {
      return Flux.range(1, 1_000);
    }

    @GuardedBy("slow")
    public Flux<Integer> neverEnding() {
      return Flux.concat(Flux.just(1, 2), Flux.never());
    }

    public String unguarded() {
      return "as it is";
    }
  }

  @GuardedBy("stock")
  static class Stock {

    final AtomicInteger asked = new AtomicInteger();

    public String count() throws IOException {
      if (asked.incrementAndGet() < 2) {
        throw new IOException("not yet");
      }
      return "seven";
    }

    public Flux<String> counts() {
      asked.incrementAndGet();
      return Flux.error(new IOException("broken"));
    }
  }

  @Test
  void aMethodIsCalledThroughTheGuardOfItsDependency() {
    runner.run(context -> {
      List<EndedCalls.Call> calls = context.getBean(EndedCalls.class).all();
      Payments payments = context.getBean(Payments.class);
      assertThat(payments.charge()).isEqualTo("charged");
      assertThat(payments.unguarded()).isEqualTo("as it is");
      assertThatThrownBy(payments::broken).isExactlyInstanceOf(IOException.class);
      assertThatThrownBy(payments::never).isInstanceOf(DeadlineExceededException.class);
      assertThatThrownBy(() -> payments.neverLater().join())
          .hasCauseInstanceOf(DeadlineExceededException.class);
      assertThat(calls)
          .containsExactly(
              new EndedCalls.Call("payments", CallOutcome.SUCCESS, 0),
              new EndedCalls.Call("payments", CallOutcome.FAILURE, 0),
              new EndedCalls.Call("slow", CallOutcome.TIMEOUT, 0),
              new EndedCalls.Call("slow", CallOutcome.TIMEOUT, 0));
    });
  }

  @Test
  void eachSubscriptionOfAPublisherIsACall() {
    runner.run(context -> {
      List<EndedCalls.Call> calls = context.getBean(EndedCalls.class).all();
      Payments payments = context.getBean(Payments.class);
      Mono<String> charge = payments.mono();
      assertThat(calls).isEmpty();
      assertThat(charge.block()).isEqualTo("charged");
      assertThat(charge.block()).isEqualTo("charged");
      assertThatThrownBy(() -> payments.brokenMono().block()).hasRootCauseMessage("broken");
      assertThatThrownBy(() -> payments.neverMono().block())
          .isInstanceOf(DeadlineExceededException.class);
      assertThat(calls)
          .extracting(EndedCalls.Call::outcome)
          .containsExactly(
              CallOutcome.SUCCESS, CallOutcome.SUCCESS, CallOutcome.FAILURE, CallOutcome.TIMEOUT);
    });
  }

  @Test
  void aStreamIsACallUntilItEnds() {
    runner.run(context -> {
      List<EndedCalls.Call> calls = context.getBean(EndedCalls.class).all();
      Payments payments = context.getBean(Payments.class);
      assertThat(payments.flux().count().block()).isEqualTo(1_000);
      assertThat(payments.flux().take(3).collectList().block()).containsExactly(1, 2, 3);
      List<Integer> seen = new java.util.concurrent.CopyOnWriteArrayList<>();
      assertThatThrownBy(() -> payments.neverEnding().doOnNext(seen::add).blockLast())
          .isInstanceOf(DeadlineExceededException.class);
      assertThat(seen).containsExactly(1, 2);
      await().until(() -> calls.size() == 3);
      assertThat(calls)
          .extracting(EndedCalls.Call::outcome)
          .containsExactly(CallOutcome.SUCCESS, CallOutcome.CANCELLED, CallOutcome.TIMEOUT);
    });
  }

  @Test
  void aMethodOfAnIdempotentDependencyIsRepeatedAndAStreamIsNot() {
    runner.run(context -> {
      Stock stock = context.getBean(Stock.class);
      Guard guard = context.getBean(dev.nines.Nines.class).guard("stock");
      for (int i = 0; i < 20; i++) { // a repetition is a tenth more load
        guard.call(() -> "ok");
      }
      assertThat(stock.count()).isEqualTo("seven");
      context.getBean(EndedCalls.class).all().clear();
      assertThatThrownBy(() -> stock.counts().blockLast()).hasRootCauseMessage("broken");
      assertThat(context.getBean(EndedCalls.class).all())
          .containsExactly(new EndedCalls.Call("stock", CallOutcome.FAILURE, 0));
    });
  }

  @Test
  void aParameterOfTypeGuardIsTheHandle() {
    runner.run(
        context -> assertThat(context.getBean(Handle.class).guard().name()).isEqualTo("payments"));
  }

  @Test
  void aNameThatNobodyDeclaresEndsTheStart() {
    runner.withBean(Unknown.class, Unknown::new).run(context -> assertThat(context)
        .getFailure()
        .rootCause()
        .hasMessageContaining("guard: shipping (expected: one of payments, slow, stock)"));
  }

  static class Unknown {
    @GuardedBy("shipping")
    public void ship() {}
  }
}
