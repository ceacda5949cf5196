package dev.nines.ops.cli;

import dev.nines.targets.ReliabilityTargets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code nines check FILE}. */
@Command(
    name = "check",
    description = "Says what is wrong in a declaration, each problem with file, line and reason.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {

  @Spec
  private CommandSpec spec;

  @Mixin
  private Declaration declaration;

  @Override
  public Integer call() {
    ReliabilityTargets targets = declaration.load();
    spec.commandLine()
        .getOut()
        .println(declaration.file() + ": can be kept (service "
            + targets.service().orElse("unnamed")
            + ", "
            + counted(
                targets.routes().size(),
                "route with promises of its own",
                "routes with promises of their own")
            + ", " + counted(targets.dependencies().size(), "dependency", "dependencies") + ")");
    return NinesCommand.WELL;
  }

  private static String counted(int count, String one, String many) {
    return count + " " + (count == 1 ? one : many);
  }
}
