package dev.nines.ops.cli;

import dev.nines.ops.Generators;
import dev.nines.ops.generate.Change;
import dev.nines.ops.generate.GeneratedFile;
import dev.nines.ops.generate.OutputDirectory;
import dev.nines.ops.generate.Overwrite;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code nines generate FILE --out DIR}. */
@Command(
    name = "generate",
    description = {
      "Writes what a service needs outside its process, from its declaration.",
      "A file that was edited since it was generated is kept, and the command then ends with 1."
    },
    mixinStandardHelpOptions = true)
final class GenerateCommand implements Callable<Integer> {

  @Spec
  private CommandSpec spec;

  @Mixin
  private BlueprintOptions options;

  @ArgGroup(multiplicity = "1")
  private Target target;

  @Option(
      names = "--only",
      paramLabel = "PATH",
      split = ",",
      description = "Only this file or directory of the output, such as prometheus or"
          + " prometheus/rules.yaml; may be repeated.")
  private List<String> only = List.of();

  @Option(names = "--force", description = "Write over edited files, too.")
  private boolean force;

  @ArgGroup
  private @Nullable Look look;

  /** Where files go. */
  static final class Target {

    @Option(
        names = "--out",
        paramLabel = "DIR",
        description = "The directory to write to; made if need be.")
    private @Nullable Path out;

    @Option(
        names = "--stdout",
        description = "Print the files instead; more than one with their names between them.")
    private boolean stdout;
  }

  /** Ways to write nothing. */
  static final class Look {

    @Option(names = "--dry-run", description = "Say what would be written, and write nothing.")
    private boolean dryRun;

    @Option(
        names = "--check",
        description = "The same, and end with 1 if the directory is not what the declaration gives:"
            + " for CI.")
    private boolean check;
  }

  @Override
  public Integer call() throws IOException {
    List<GeneratedFile> files = Generators.generate(options.blueprint()).stream()
        .filter(file -> inScope(file.path()))
        .toList();
    if (files.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "--only: " + String.join(",", only)
              + " (expected: files or directories that are generated; --dry-run lists them)");
    }
    if (target.stdout) {
      print(files);
      return NinesCommand.WELL;
    }
    try {
      return write(files, new OutputDirectory(target.out));
    } catch (FileSystemException e) {
      throw new ParameterException(
          spec.commandLine(),
          "--out: " + target.out + " (expected: a directory that can be written to; " + Reason.of(e)
              + ")");
    }
  }

  private int write(List<GeneratedFile> files, OutputDirectory directory) throws IOException {
    Overwrite overwrite = force ? Overwrite.ALL : Overwrite.UNTOUCHED;
    Predicate<String> scope = this::inScope;
    List<Change> changes = look == null
        ? directory.apply(files, overwrite, scope)
        : directory.plan(files, overwrite, scope);
    changes.forEach(this::report);
    out().flush();
    if (look == null) {
      options.unlinked().forEach(spec.commandLine().getErr()::println);
    }
    boolean wrong = look != null && look.check
        ? changes.stream().anyMatch(Change::differs)
        : changes.stream().anyMatch(change -> change.kind() == Change.Kind.KEPT);
    return wrong ? NinesCommand.NOT_WELL : NinesCommand.WELL;
  }

  private void report(Change change) {
    out().printf("%-9s %s%n", change.kind().name().toLowerCase(Locale.ROOT), change.path());
    if (change.kind() == Change.Kind.KEPT) {
      spec.commandLine()
          .getErr()
          .println(change.path() + ": was edited, and stays as it is (--force writes over it)");
    }
  }

  private void print(List<GeneratedFile> files) {
    for (GeneratedFile file : files) {
      if (files.size() > 1) {
        out().println("==> " + file.path() + " <==");
      }
      out().print(file.content());
    }
    out().flush();
  }

  private boolean inScope(String path) {
    return only.isEmpty()
        || only.stream().anyMatch(part -> new GeneratedFile(path, "\n").within(part));
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
