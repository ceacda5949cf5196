package dev.nines.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class StripedCellsTest {

  @Test
  void oneThreadNeedsOneRow() {
    StripedCells cells = new StripedCells(3, 8);
    for (int i = 0; i < 100_000; i++) {
      cells.record(i % 3, 0.5);
    }

    assertThat(cells.rows()).isZero();
    assertThat(LongStream.of(cells.counts()).sum()).isEqualTo(100_000);
    assertThat(cells.sum()).isEqualTo(50_000);
  }

  @Test
  @Timeout(60)
  void threadsThatMeetOftenGetRowsOfTheirOwn() throws Exception {
    StripedCells cells = new StripedCells(2, 2);
    Runnable counting = () -> {
      while (cells.rows() == 0 && !Thread.currentThread().isInterrupted()) {
        cells.record(0, 1);
      }
    };
    Thread one = new Thread(counting);
    Thread other = new Thread(counting);
    one.start();
    other.start();
    try {
      one.join();
      other.join();
    } finally {
      one.interrupt();
      other.interrupt();
    }

    assertThat(cells.rows()).isGreaterThanOrEqualTo(2);
    assertThat(cells.sum()).isEqualTo(cells.count(0));
  }

  @Test
  void noCountIsLostWhileRowsAreAddedAndTheyAreAtMostFourForAProcessor() throws Exception {
    StripedCells cells = new StripedCells(2, 2);
    int threads = 16;
    int each = 200_000;
    CyclicBarrier together = new CyclicBarrier(threads);
    List<Thread> all = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      Thread thread = new Thread(() -> {
        await(together);
        for (int i = 0; i < each; i++) {
          cells.record(i & 1, 3);
        }
      });
      thread.start();
      all.add(thread);
    }
    long before = 0;
    while (all.stream().anyMatch(Thread::isAlive)) {
      long sum = cells.count(0);
      assertThat(sum).as("a sum never falls").isGreaterThanOrEqualTo(before);
      before = sum;
    }
    for (Thread thread : all) {
      thread.join();
    }

    assertThat(cells.counts()).containsExactly(threads * each / 2L, threads * each / 2L);
    assertThat(cells.sum()).isEqualTo(3.0 * threads * each);
    assertThat(cells.rows()).isLessThanOrEqualTo(8);
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
