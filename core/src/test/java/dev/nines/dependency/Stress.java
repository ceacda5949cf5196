package dev.nines.dependency;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;

/** Runs a task on many threads that begin together. */
final class Stress {

  private Stress() {}

  /** Returns once all have ended; throws what the first of them threw. */
  static void onThreads(int number, Runnable task) throws Exception {
    CyclicBarrier together = new CyclicBarrier(number);
    List<CompletableFuture<Void>> done = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      CompletableFuture<Void> future = new CompletableFuture<>();
      done.add(future);
      Thread thread = new Thread(() -> {
        try {
          together.await();
          task.run();
          future.complete(null);
        } catch (Throwable e) {
          future.completeExceptionally(e);
        }
      });
      thread.setDaemon(true);
      thread.start();
    }
    CompletableFuture.allOf(done.toArray(CompletableFuture[]::new)).get();
  }
}
