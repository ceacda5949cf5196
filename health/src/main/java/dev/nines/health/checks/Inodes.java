package dev.nines.health.checks;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.platform.linux.LibC;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The inodes of a file system: how many files it holds, and how many more an ordinary user may make. Java's file stores know
 * bytes only, so the kernel is asked through JNA.
 *
 * @param used files, directories and all else that has a name
 * @param free what may be added
 */
record Inodes(long used, long free) {

  /** Says now, and not at the first run, that the library is missing. */
  static void requireLibrary() {
    try {
      if (Platform.isLinux()) {
        LibC.INSTANCE.hashCode();
      }
    } catch (LinkageError e) {
      throw new IllegalStateException(
          "inodes: " + e + " (expected: net.java.dev.jna:jna-platform on the classpath, and a"
              + " java.io.tmpdir from which its native part may be loaded)",
          e);
    }
  }

  /** Returns the inodes of the file system that holds {@code path}; empty if it makes them as needed, or off Linux. */
  static Optional<Inodes> of(Path path) throws IOException {
    if (!Platform.isLinux()) {
      return Optional.empty();
    }
    LibC.Statvfs found = new LibC.Statvfs();
    if (LibC.INSTANCE.statvfs(path.toString(), found) != 0) {
      throw new IOException("statvfs failed with error " + Native.getLastError());
    }
    long used = found.f_files.longValue() - found.f_ffree.longValue();
    return found.f_files.longValue() <= 0
        ? Optional.empty()
        : Optional.of(new Inodes(used, found.f_favail.longValue()));
  }

  double share() {
    return (double) used / (used + free);
  }
}
