package dev.nines.health.checks;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A real file system in memory that a test fills: a small one of its own where the kernel lets it be mounted, else a corner of
 * the one that every Linux has, with targets just above what it holds.
 */
final class SmallDisk implements AutoCloseable {

  private static final Path SHARED = Path.of("/dev/shm");

  private final Path directory;
  private final boolean own;

  private SmallDisk(Path directory, boolean own) {
    this.directory = directory;
    this.own = own;
  }

  static SmallDisk corner() throws IOException {
    return new SmallDisk(Files.createTempDirectory(SHARED, "nines"), false);
  }

  /** Returns one of 8 MiB and 200 inodes; empty where this process may not mount. */
  static Optional<SmallDisk> mountedAt(Path directory) throws IOException, InterruptedException {
    boolean mounted =
        run("mount", "-t", "tmpfs", "-o", "size=8m,nr_inodes=200", "tmpfs", directory.toString());
    return mounted ? Optional.of(new SmallDisk(directory, true)) : Optional.empty();
  }

  Path directory() {
    return directory;
  }

  /** Returns the share that will be in use when so many bytes more are. */
  BigDecimal shareWith(long moreBytes) throws IOException {
    FileStore store = Files.getFileStore(directory);
    double used = store.getTotalSpace() - (double) store.getUnallocatedSpace() + moreBytes;
    return share(used, store.getTotalSpace());
  }

  /** Returns the share that will be in use when so many files more are. */
  BigDecimal inodesWith(long moreFiles) throws IOException {
    Inodes inodes = Inodes.of(directory).orElseThrow();
    return share(inodes.used() + moreFiles, inodes.used() + inodes.free());
  }

  void write(String name, int bytes) throws IOException {
    Files.write(directory.resolve(name), new byte[bytes]);
  }

  List<Path> createFiles(int number) throws IOException {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      files.add(Files.createFile(directory.resolve("file" + i)));
    }
    return files;
  }

  void clear() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    clear();
    if (own) {
      run("umount", directory.toString());
    } else {
      Files.delete(directory);
    }
  }

  private static BigDecimal share(double used, double limit) {
    return BigDecimal.valueOf(used / limit).setScale(12, RoundingMode.HALF_UP);
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }
}
