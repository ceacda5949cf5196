package dev.nines.ops.generate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The directory that generated files go into. It remembers their checksums in {@value Checksums#FILE}, in the form of {@code
 * sha256sum}, and so knows what somebody has edited since: such a file is kept, unless all may be written over. A file that
 * is no longer generated is removed if it is as it was generated.
 *
 * @param root made when the first file is written
 */
public record OutputDirectory(Path root) {

  /** Returns what {@link #apply} would do, and does nothing. */
  public List<Change> plan(List<GeneratedFile> files, Overwrite overwrite) throws IOException {
    return plan(files, overwrite, path -> true);
  }

  /**
   * Returns what {@link #apply(List, Overwrite, Predicate)} would do, and does nothing.
   *
   * @param inScope which paths the files are all of: a file that was generated once and is not among them is removed only if
   *     its path is in scope
   */
  public List<Change> plan(
      List<GeneratedFile> files, Overwrite overwrite, Predicate<String> inScope)
      throws IOException {
    Map<String, String> known = Checksums.read(root);
    List<Change> changes = new ArrayList<>();
    for (GeneratedFile file : files) {
      changes.add(new Change(file.path(), fate(file, known, overwrite)));
      known.remove(file.path());
    }
    for (Map.Entry<String, String> stale : known.entrySet()) {
      Path path = root.resolve(stale.getKey());
      if (inScope.test(stale.getKey()) && Files.exists(path)) {
        boolean goes = overwrite == Overwrite.ALL || sum(path).equals(stale.getValue());
        changes.add(new Change(stale.getKey(), goes ? Change.Kind.REMOVED : Change.Kind.KEPT));
      }
    }
    return changes;
  }

  /** Writes all files. Returns what became of each. */
  public List<Change> apply(List<GeneratedFile> files, Overwrite overwrite) throws IOException {
    return apply(files, overwrite, path -> true);
  }

  /** Writes files that are all that there is in a part of the directory. Returns what became of each. */
  public List<Change> apply(
      List<GeneratedFile> files, Overwrite overwrite, Predicate<String> inScope)
      throws IOException {
    List<Change> changes = plan(files, overwrite, inScope);
    Map<String, String> contents = new TreeMap<>();
    files.forEach(file -> contents.put(file.path(), file.content()));
    Map<String, String> sums = Checksums.read(root);
    for (Change change : changes) {
      carryOut(change, contents, sums);
    }
    sums.keySet().removeIf(path -> !Files.exists(root.resolve(path)));
    write(Checksums.FILE, Checksums.text(sums));
    return changes;
  }

  private void carryOut(Change change, Map<String, String> contents, Map<String, String> sums)
      throws IOException {
    String path = change.path();
    switch (change.kind()) {
      case CREATED, UPDATED -> write(path, contents.get(path));
      case REMOVED -> Files.delete(root.resolve(path));
      case UNCHANGED, KEPT -> {}
    }
    if (change.kind() != Change.Kind.KEPT && contents.containsKey(path)) {
      sums.put(path, Checksums.of(contents.get(path)));
    }
  }

  private Change.Kind fate(GeneratedFile file, Map<String, String> known, Overwrite overwrite)
      throws IOException {
    Path path = root.resolve(file.path());
    if (!Files.exists(path)) {
      return Change.Kind.CREATED;
    }
    String there = sum(path);
    if (there.equals(Checksums.of(file.content()))) {
      return Change.Kind.UNCHANGED;
    }
    boolean untouched = there.equals(known.get(file.path()));
    return untouched || overwrite == Overwrite.ALL ? Change.Kind.UPDATED : Change.Kind.KEPT;
  }

  /** Writes beside the place and moves, so that nobody reads half a file: Prometheus may be reloading meanwhile. */
  private void write(String path, String content) throws IOException {
    Path target = root.resolve(path);
    Path half = target.resolveSibling(target.getFileName() + ".new");
    Files.createDirectories(half.toAbsolutePath().getParent());
    Files.writeString(half, content);
    Files.move(half, target, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String sum(Path file) throws IOException {
    return Checksums.of(Files.readAllBytes(file));
  }
}
