package dev.nines.ops.cli;

import dev.nines.logging.AuditHead;
import dev.nines.logging.AuditVerification;
import dev.nines.logging.AuditVerifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code nines audit}. */
@Command(
    name = "audit",
    description = "Reads audit logs.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class AuditCommand implements Runnable {

  @Spec
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing: what to do with the audit log");
  }

  /** {@code nines audit verify FILE}. */
  @Command(
      name = "verify",
      description =
          "Finds lines that were changed, removed, added or moved. Ends with 1 if there are any.",
      mixinStandardHelpOptions = true)
  int verify(
      @Parameters(paramLabel = "FILE", description = "The audit log.") Path file,
      @Option(
              names = "--head",
              paramLabel = "SEQ:HASH",
              converter = HeadConverter.class,
              description =
                  "A head known from elsewhere, such as an event audit_head in the ordinary"
                      + " log; may be repeated. The .head beside the file counts as well.")
          @Nullable
          List<AuditHead> heads,
      @Option(
              names = "--key-file",
              paramLabel = "KEY",
              description = "A file with the key that the log was written with, byte for byte.")
          @Nullable
          Path keyFile) {
    byte[] key = keyFile == null ? null : key(keyFile);
    try {
      AuditHead[] known = heads == null ? new AuditHead[0] : heads.toArray(AuditHead[]::new);
      AuditVerification found = AuditVerifier.verify(file, key, known);
      report(file, found, known.length > 0);
      return found.isIntact() ? NinesCommand.WELL : NinesCommand.NOT_WELL;
    } catch (IOException e) {
      throw unreadable("FILE", file, e);
    }
  }

  private byte[] key(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw unreadable("--key-file", file, e);
    }
  }

  private ParameterException unreadable(String name, Path file, IOException why) {
    return new ParameterException(
        spec.commandLine(),
        name + ": " + file + " (expected: a file that can be read; " + Reason.of(why) + ")");
  }

  private void report(Path file, AuditVerification found, boolean known) {
    PrintWriter out = spec.commandLine().getOut();
    found.findings().forEach(finding -> out.println(file + ": " + finding));
    if (found.found() > found.findings().size()) {
      out.println(file + ": … and " + (found.found() - found.findings().size()) + " more");
    }
    if (found.isIntact()) {
      out.println(file + ": intact, " + found.lines() + " records"
          + (found.lines() == 0 ? "" : " from " + found.first() + " to " + found.last())
          + ", head " + found.head());
    }
    if (!found.hasHead() && !known) {
      spec.commandLine()
          .getErr()
          .println(file + ": there is no readable .head beside it, and no --head was given:"
              + " records removed from the end would not be noticed");
    }
    out.flush();
  }

  /** Reads {@code SEQ:HASH}. */
  static final class HeadConverter implements ITypeConverter<AuditHead> {

    @Override
    public AuditHead convert(String value) {
      try {
        return AuditHead.parse(value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
