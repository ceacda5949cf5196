package dev.nines.ops.cli;

import dev.nines.targets.InvalidTargetsException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code nines}, of which everything else is a subcommand. */
@Command(
    name = "nines",
    description = "Derives from reliability.yaml what a service needs outside its process.",
    mixinStandardHelpOptions = true,
    versionProvider = NinesCommand.Version.class,
    subcommands = {
      CheckCommand.class,
      ExplainCommand.class,
      GenerateCommand.class,
      WatchCommand.class,
      GateCommand.class,
      ReportCommand.class,
      AuditCommand.class,
      CommandLine.HelpCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:all is well",
      " 1:what was looked at is not: an invalid declaration, a broken chain, an edited file",
      "64:called wrongly",
      "70:the command itself failed"
    })
public final class NinesCommand implements Callable<Integer> {

  static final int WELL = 0;
  static final int NOT_WELL = 1;
  static final int USAGE = 64;
  static final int INTERNAL = 70;

  @Spec
  private CommandSpec spec;

  NinesCommand() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /**
   * Runs the command in this process.
   *
   * @param out where results go
   * @param err where problems go
   * @return the exit code
   */
  public static int run(PrintWriter out, PrintWriter err, String... arguments) {
    return commandLine().setOut(out).setErr(err).execute(arguments);
  }

  private static CommandLine commandLine() {
    return new CommandLine(new NinesCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(NinesCommand::calledWrongly)
        .setExecutionExceptionHandler(NinesCommand::failed);
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "Missing: what to do");
  }

  private static int calledWrongly(ParameterException wrong, String[] arguments) {
    CommandLine command = wrong.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(wrong.getMessage());
    if (!CommandLine.UnmatchedArgumentException.printSuggestions(wrong, err)) {
      command.usage(err);
    }
    return USAGE;
  }

  /** A declaration that cannot be kept is a finding; anything else that comes up to here is our mistake. */
  private static int failed(
      Exception failure, CommandLine command, CommandLine.ParseResult arguments) {
    if (failure instanceof InvalidTargetsException) {
      command.getErr().println(failure.getMessage());
      return NOT_WELL;
    }
    command.getErr().println(command.getCommandName() + " failed:");
    failure.printStackTrace(command.getErr());
    return INTERNAL;
  }

  /** Reads the version from the jar's manifest. */
  static final class Version implements CommandLine.IVersionProvider {

    @Override
    public String[] getVersion() {
      String version = NinesCommand.class.getPackage().getImplementationVersion();
      return new String[] {"nines " + (version == null ? "(not packaged)" : version)};
    }
  }
}
