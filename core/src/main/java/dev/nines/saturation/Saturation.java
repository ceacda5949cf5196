package dev.nines.saturation;

import dev.nines.time.TimeSource;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How full the resources of this process are, against the limits that hold for it. Each answer is empty where the system
 * does not say.
 *
 * <p>Thread-safe. Each answer reads a few small files of the kernel or asks the JVM; {@link #disk} asks a file system, which
 * waits if it is a network's that hangs.
 */
public final class Saturation {

  private final Path root;
  private final CpuMeter cpu;
  private final PauseMeter pauses;
  private final JvmHeap heap = new JvmHeap();

  private Saturation(Path root, TimeSource time) {
    this.root = root;
    this.cpu = new CpuMeter(root, time);
    this.pauses = new PauseMeter(PauseMeter.ofThisProcess(), time);
  }

  /** Reads the system on which this process runs. */
  public static Saturation system(TimeSource time) {
    return new Saturation(Path.of("/"), time);
  }

  /** Reads {@code proc} and {@code sys} under another root: for tests, and for a host's files mounted elsewhere. */
  public static Saturation under(Path root, TimeSource time) {
    return new Saturation(root, time);
  }

  /**
   * Returns the processors kept busy since the last reading at least a second ago (the first time: since this object was
   * made), against the container's quota, else against the machine. With a quota the container's processes count, without
   * one all of the machine's, for then they share it.
   */
  public Optional<Usage> cpu() {
    return cpu.usage();
  }

  /**
   * Returns the working set in bytes (what the kernel cannot take back at once) against the narrowest limit of the
   * enclosing control groups, else the machine's memory that is not available against all of it.
   */
  public Optional<Usage> memory() {
    Optional<Usage> machine = Machine.memory(root);
    double most = machine.map(Usage::limit).orElse(Double.MAX_VALUE);
    return Cgroup.memory(root, most).or(() -> machine);
  }

  /** Returns the bytes of heap in use after the last collection, against the most that it may take; empty before one. */
  public Optional<Usage> heap() {
    return heap.afterCollection();
  }

  /**
   * Returns the seconds for which the program stood still for its collectors, of those that passed since the last reading
   * at least a second ago; empty before that.
   */
  public Optional<Usage> collectorPauses() {
    return pauses.usage();
  }

  /** Returns the files and sockets that this process has open, against its limit. */
  public Optional<Usage> fileDescriptors() {
    return Machine.fileDescriptors();
  }

  /**
   * Returns the threads against the limit of the enclosing control group that is fullest ({@code pids.max} counts threads),
   * else those of the whole machine against the kernel's limit.
   */
  public Optional<Usage> threads() {
    return Cgroup.threads(root).or(() -> Machine.threads(root));
  }

  /** Returns what the network interfaces have carried and lost; a sum without a limit. */
  public Optional<Network> network() {
    return Network.read(root);
  }

  /** Returns the bytes used of the file system that holds {@code path}, against what an ordinary user may use of it. */
  public Optional<Usage> disk(Path path) {
    try {
      FileStore store = Files.getFileStore(path);
      double used = store.getTotalSpace() - (double) store.getUnallocatedSpace();
      double limit = used + store.getUsableSpace();
      return limit > 0 ? Optional.of(new Usage(used, limit)) : Optional.empty();
    } catch (IOException | SecurityException e) {
      return Optional.empty(); // a path that is gone has no share; the caller says so
    }
  }
}
