package dev.nines.budget;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowsMemoryTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:30Z");
  private static final int OBJECTIVES = 30;
  private static final int BESIDE = 8_000; // objects and lists, whatever the windows' length

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7, 28, 30, 90})
  void windowsOfSoManyDaysTakeWhatIsPromisedAndNeverMore(int days) {
    List<Objective> objectives = IntStream.range(0, OBJECTIVES)
        .mapToObj(i -> new Objective(
            "errors", "route " + i, new BigDecimal("0.001"), "", 2 * i, new LongAdder()))
        .toList();
    new Windows(objectives, Duration.ofDays(days), 0, START); // loads what it needs
    long before = threads.getCurrentThreadAllocatedBytes();
    Windows windows = new Windows(objectives, Duration.ofDays(days), 0, START);
    long taken = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(Windows.bytes(OBJECTIVES)).isEqualTo(OBJECTIVES * 17_376 + 8_688);
    assertThat(taken).isLessThanOrEqualTo(Windows.bytes(OBJECTIVES) + BESIDE);

    before = threads.getCurrentThreadAllocatedBytes();
    for (int minute = 1; minute <= 60 * 24 * 7; minute++) {
      objectives.get(minute % OBJECTIVES).count(minute % 3 == 0);
      windows.sample(Duration.ofMinutes(minute).toNanos());
    }
    assertThat(threads.getCurrentThreadAllocatedBytes() - before)
        .as("bytes within a week of counting") // some for LongAdders' cells and the loop itself
        .isLessThan(60 * 24 * 7 * 64);
  }
}
