package dev.nines.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StripedCellsTest {

  @Test
  void oneThreadNeedsOneRow() {
    StripedCells cells = new StripedCells(3, 8);
    for (int i = 0; i < 100_000; i++) {
      cells.increment(i % 3);
    }

    assertThat(cells.rows()).isEqualTo(1);
    assertThat(LongStream.of(cells.sums()).sum()).isEqualTo(100_000);
  }

  @Test
  void noCountIsLostWhileRowsAreAddedAndTheyAreNoMoreThanThreads() throws Exception {
    StripedCells cells = new StripedCells(2, 4);
    int threads = 16;
    int each = 200_000;
    CyclicBarrier together = new CyclicBarrier(threads);
    List<Thread> all = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      Thread thread = new Thread(() -> {
        await(together);
        for (int i = 0; i < each; i++) {
          cells.increment(i & 1);
        }
      });
      thread.start();
      all.add(thread);
    }
    long before = 0;
    while (all.stream().anyMatch(Thread::isAlive)) {
      long sum = cells.sum(0);
      assertThat(sum).as("a sum never falls").isGreaterThanOrEqualTo(before);
      before = sum;
    }
    for (Thread thread : all) {
      thread.join();
    }

    assertThat(cells.sums()).containsExactly(threads * each / 2L, threads * each / 2L);
    assertThat(cells.rows()).isLessThanOrEqualTo(4);
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
