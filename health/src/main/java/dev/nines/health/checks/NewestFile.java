package dev.nines.health.checks;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Finds when the newest file of a directory was written. A file without a byte is what a failed writer leaves, and does not
 * count.
 *
 * @param directory looked through, without those below it
 * @param glob which names count, such as {@code *.dump}
 */
record NewestFile(Path directory, String glob) implements Callable<Instant> {

  NewestFile {
    // Throws here, at the start, if it is no pattern.
    directory.getFileSystem().getPathMatcher("glob:" + glob);
  }

  @Override
  public Instant call() throws IOException, InterruptedException {
    Instant newest = null;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, glob)) {
      for (Path file : files) {
        stopIfInterrupted();
        newest = later(newest, written(file));
      }
    }
    if (newest == null) {
      throw new FileNotFoundException("no file " + glob + " with content");
    }
    return newest;
  }

  private static @Nullable Instant written(Path file) throws IOException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return attributes.isRegularFile() && attributes.size() > 0
          ? attributes.lastModifiedTime().toInstant()
          : null;
    } catch (NoSuchFileException e) {
      return null; // rotated away since it was listed
    }
  }

  private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isAfter(other) ? one : other;
  }

  private static void stopIfInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("time is up");
    }
  }
}
