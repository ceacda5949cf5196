package dev.nines.budget;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * From where an instance knows at its start how the budget was spent before, so that a restart does not forget what
 * happened. It is asked once, for a bounded time; what it cannot tell is said as the event {@code budget_history_ignored},
 * and the budget then begins whole, as it does without any history. It never ends a start.
 *
 * <p>The counters that are exposed begin at zero nevertheless: whoever scrapes them has the earlier counts already, and
 * takes a counter that begins above zero for as many new requests.
 */
public abstract sealed class BudgetHistory permits StateFile, PrometheusHistory, NoHistory {

  /** Longer than a disk or a Prometheus at hand needs, short beside any start. */
  static final Duration TIME_LIMIT = Duration.ofSeconds(2);

  BudgetHistory() {}

  /** Knows nothing: the default. */
  public static BudgetHistory none() {
    return new NoHistory();
  }

  /**
   * Keeps this instance's own history in a small file: read at start, written each minute and at close. A file that is
   * torn, damaged, of another service or of other targets is ignored.
   *
   * <p>A write goes to {@code <file>.tmp}, is forced to the disk, and then takes the file's place in one step, so after a
   * crash or a power cut there is the old file or the new one. What is lost is what was counted since the last write: a
   * minute. While it runs, an instance holds a lock on {@code <file>.lock}, so that two never write the same file.
   *
   * @param file in a directory that exists and that outlives the process; under 20 KB per objective of each route class
   */
  public static BudgetHistory inFile(Path file) {
    return new StateFile(file);
  }

  /**
   * Asks a Prometheus once, at start, for what the service's instances counted.
   *
   * @param server its address, such as {@code http://prometheus:9090}
   * @throws IllegalArgumentException if the address is no http or https one, or holds a password
   */
  public static PrometheusHistory fromPrometheus(URI server) {
    return new PrometheusHistory(server);
  }

  /** Returns what is known of the time before; may block, and is interrupted after {@link #timeLimit}. */
  abstract Optional<Past> read(Ledger ledger) throws IOException, InterruptedException;

  Duration timeLimit() {
    return TIME_LIMIT;
  }

  /** Returns whether it wants to be told what was counted. */
  boolean keeps() {
    return false;
  }

  /** Keeps what was counted up to now. */
  void write(Ledger ledger, Past past) throws IOException {}

  /** Lets go of what it holds. */
  void close() throws IOException {}
}
