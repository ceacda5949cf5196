package dev.nines.health;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/** Copies the files of a PostgreSQL that runs, without its log, which the copy streams, and what belongs to the process. */
final class DataCopy extends SimpleFileVisitor<Path> {

  private static final Set<String> OF_THE_PROCESS =
      Set.of("postmaster.pid", "postmaster.opts", "epg-lock");

  private final Path from;
  private final Path to;

  DataCopy(Path from, Path to) {
    this.from = from;
    this.to = to;
  }

  void make() throws IOException {
    Files.createDirectories(to.getParent());
    Files.walkFileTree(from, this);
  }

  @Override
  public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
      throws IOException {
    copy(directory);
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    boolean log = file.getParent().equals(from.resolve("pg_wal"));
    if (!log && !OF_THE_PROCESS.contains(file.getFileName().toString())) {
      try {
        copy(file);
      } catch (NoSuchFileException e) {
        return FileVisitResult.CONTINUE; // removed since it was listed, which the log will tell
      }
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
    if (failure instanceof NoSuchFileException) {
      return FileVisitResult.CONTINUE;
    }
    throw failure;
  }

  private void copy(Path path) throws IOException {
    Files.copy(path, to.resolve(from.relativize(path)), StandardCopyOption.COPY_ATTRIBUTES);
  }
}
