package dev.nines.ops.cli;

import dev.nines.derive.Explanation;
import dev.nines.derive.Settings;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nines explain FILE}. */
@Command(
    name = "explain",
    description =
        "Shows every number that follows from a declaration, with its formula and source.",
    mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {

  @Spec
  private CommandSpec spec;

  @Mixin
  private Declaration declaration;

  @Option(
      names = "--format",
      defaultValue = "table",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private Format format;

  @Override
  public Integer call() {
    Explanation explanation = Settings.derive(declaration.load()).explanation();
    PrintWriter out = spec.commandLine().getOut();
    switch (format) {
      case table -> out.print(explanation.toText());
      case json -> out.println(explanation.toJson());
    }
    out.flush();
    return NinesCommand.WELL;
  }

  /** Named as they are typed. */
  enum Format {
    table,
    json
  }
}
