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
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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

  @ParameterizedTest
  @MethodSource("factories")
  void aThreadRunsInTheContextOfWhoeverAskedForIt(ThreadFactory factory) throws Exception {
    CompletableFuture<Integer> seen = new CompletableFuture<>();
    Thread thread;
    try (Scope scope = in(7)) {
      thread = ContextPropagation.threads(factory).newThread(() -> seen.complete(here()));
    }
    try (Scope scope = in(8)) {
      thread.start();
    }
    assertThat(seen.get(10, TimeUnit.SECONDS)).isEqualTo(7);
  }

  /** Virtual threads are looked at where the JVM has them; the source has to compile without. */
  static List<ThreadFactory> factories() {
    List<ThreadFactory> factories = new ArrayList<>(List.of(Thread::new));
    try {
      Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
      factories.add((ThreadFactory)
          Class.forName("java.lang.Thread$Builder").getMethod("factory").invoke(builder));
    } catch (NoSuchMethodException e) {
      assertThat(Runtime.version().feature()).isLessThan(21);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
    return factories;
  }

  @Test
  void everyRunOfARepeatedTaskIsInTheSubmittersContext() throws Exception {
    Queue<String> seen = new ConcurrentLinkedQueue<>();
    CountDownLatch runs = new CountDownLatch(3);
    CountDownLatch delayedRuns = new CountDownLatch(3);
    try (Scope scope = in(7)) {
      ScheduledExecutorService wrapped = ContextPropagation.wrap(scheduler);
      wrapped.scheduleAtFixedRate(() -> ran(seen, runs), 0, 1, TimeUnit.MILLISECONDS);
      wrapped.scheduleWithFixedDelay(() -> ran(seen, delayedRuns), 0, 1, TimeUnit.MILLISECONDS);
    }
    assertThat(runs.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(delayedRuns.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(seen).containsOnly("7");
  }

  private static void ran(Queue<String> seen, CountDownLatch runs) {
    seen.add(String.valueOf(here()));
    runs.countDown();
  }

  @Test
  void aWrappedSchedulerIsTheOneWithin() throws Exception {
    ScheduledExecutorService wrapped = ContextPropagation.wrap(scheduler);
    List<Callable<Integer>> tasks = List.of(ContextPropagationTest::here);
    try (Scope scope = in(7)) {
      assertThat(wrapped.invokeAny(tasks)).isEqualTo(7);
      assertThat(wrapped.invokeAny(tasks, 10, TimeUnit.SECONDS)).isEqualTo(7);
      assertThat(wrapped.invokeAll(tasks).get(0).get()).isEqualTo(7);
      assertThat(wrapped.invokeAll(tasks, 10, TimeUnit.SECONDS).get(0).get()).isEqualTo(7);
      assertThat(wrapped.submit(ContextPropagationTest::here).get()).isEqualTo(7);
      assertThat(wrapped.submit(() -> {}, "done").get()).isEqualTo("done");
      assertThat(wrapped.submit(() -> {}).get()).isNull();
      wrapped.schedule(() -> {}, 0, TimeUnit.MILLISECONDS).get();
      CountDownLatch executed = new CountDownLatch(1);
      wrapped.execute(executed::countDown);
      assertThat(executed.await(10, TimeUnit.SECONDS)).isTrue();
    }
    wrapped.shutdown();
    assertThat(wrapped.shutdownNow()).isEmpty();
    assertThat(wrapped.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    assertThat(scheduler.isShutdown()).isTrue();
    assertThat(wrapped.isShutdown()).isTrue();
    assertThat(wrapped.isTerminated()).isTrue();
  }

  @Test
  void aParallelStreamHasItWhereItsFunctionIsWrapped() {
    try (Scope scope = in(7)) {
      assertThat(IntStream.range(0, 1_000)
              .boxed()
              .parallel()
              .map(Context.current().wrapFunction(i -> here()))
              .collect(Collectors.toSet()))
          .containsExactly(7);
    }
  }

  @Test
  void dependentsOfATaskRunInItsContext() throws Exception {
    CompletableFuture<Integer> seen;
    try (Scope scope = in(7)) {
      seen = ContextPropagation.runAsync(() -> assertThat(here()).isEqualTo(7), pool)
          .thenApplyAsync(x -> here(), pool);
    }
    assertThat(seen.get(10, TimeUnit.SECONDS)).isEqualTo(7);
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
