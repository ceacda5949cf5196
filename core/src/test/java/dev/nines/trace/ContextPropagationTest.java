package dev.nines.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ContextPropagationTest {

  private static final ContextKey<Integer> TRACE = ContextKey.named("trace");

  private final ExecutorService pool = Executors.newFixedThreadPool(8);
  private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);

  @AfterEach
  void stop() {
    pool.shutdownNow();
    scheduler.shutdownNow();
  }

  private static Integer here() {
    return Context.current().get(TRACE);
  }

  private static Scope in(int trace) {
    return Context.root().with(TRACE, trace).makeCurrent();
  }

  @Test
  void tasksOfEveryKindRunInTheSubmittersContext() throws Exception {
    Future<Integer> submitted;
    Future<Integer> scheduled;
    try (Scope scope = in(7)) {
      submitted = ContextPropagation.wrap(pool).submit(ContextPropagationTest::here);
      scheduled = ContextPropagation.wrap(scheduler)
          .schedule(ContextPropagationTest::here, 1, TimeUnit.MILLISECONDS);
    }
    assertThat(submitted.get()).isEqualTo(7);
    assertThat(scheduled.get()).isEqualTo(7);
    assertThat(pool.submit(ContextPropagationTest::here).get()).isNull();
  }

  @Test
  void dependentsOfAFutureRunInItsContextWhoeverCompletesIt() throws Exception {
    CompletableFuture<String> source = new CompletableFuture<>();
    CompletableFuture<List<Integer>> seen;
    try (Scope scope = in(7)) {
      seen = ContextPropagation.wrap(source)
          .thenApply(value -> new ArrayList<>(List.of(here())))
          .thenApplyAsync(list -> add(list), pool)
          .thenCompose(list -> CompletableFuture.supplyAsync(() -> list, pool))
          .handle((list, thrown) -> add(list))
          .thenCombine(CompletableFuture.completedFuture(1), (list, one) -> add(list))
          .thenApply(list -> add(list));
    }
    try (Scope scope = in(8)) {
      pool.submit(() -> source.complete("x")).get();
    }
    assertThat(seen.get(10, TimeUnit.SECONDS)).containsExactly(7, 7, 7, 7, 7);
  }

  private static <L extends List<Integer>> L add(L list) {
    list.add(here());
    return list;
  }

  @Test
  void failuresPassThroughAsTheyAre() {
    IllegalStateException thrown = new IllegalStateException("x");

    assertThat(ContextPropagation.wrap(CompletableFuture.failedFuture(thrown)))
        .failsWithin(1, TimeUnit.SECONDS)
        .withThrowableOfType(java.util.concurrent.ExecutionException.class)
        .withCause(thrown);
  }

  @Test
  void cancellingReachesTheSource() {
    CompletableFuture<String> source = new CompletableFuture<>();

    ContextPropagation.wrap(source).cancel(true);

    assertThat(source).isCancelled();
  }

  @Test
  void everyWayToAttachAFunctionIsCovered() {
    Set<String> missing = Arrays.stream(CompletionStage.class.getMethods())
        .filter(method -> !Modifier.isStatic(method.getModifiers()))
        .filter(method -> method.getReturnType() == CompletionStage.class)
        .filter(method -> !overridden(method))
        .map(Method::toString)
        .collect(Collectors.toSet());

    assertThat(missing).isEmpty();
  }

  private static boolean overridden(Method method) {
    return Arrays.stream(ContextFuture.class.getDeclaredMethods())
        .anyMatch(m -> m.getName().equals(method.getName())
            && Arrays.equals(m.getParameterTypes(), method.getParameterTypes()));
  }

  @Test
  void noThreadSeesTheTraceOfAnother() throws Exception {
    ExecutorService wrapped = ContextPropagation.wrap(pool);
    Queue<String> wrong = new ConcurrentLinkedQueue<>();
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      int trace = i;
      try (Scope scope = in(trace)) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        wrapped.execute(() -> {
          check(trace, wrong);
          ContextPropagation.supplyAsync(() -> check(trace, wrong), pool)
              .thenApplyAsync(x -> check(trace, wrong), pool)
              .thenRun(() -> check(trace, wrong))
              .whenComplete((x, thrown) -> done.complete(null));
        });
        all.add(done);
      }
    }
    CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
    assertThat(wrong).isEmpty();
    assertThat(here()).isNull();
  }

  private static int check(int trace, Queue<String> wrong) {
    Integer seen = here();
    if (seen == null || seen != trace) {
      wrong.add(trace + " saw " + seen);
    }
    return trace;
  }
}
