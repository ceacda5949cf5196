package dev.nines.ops.cli;

import dev.nines.ops.report.ServiceReport;
import dev.nines.ops.report.ServiceReports;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code nines report FILE}. */
@Command(
    name = "report",
    description = "Tells how a service did against its targets: uptime, latency, errors, budgets,"
        + " incidents and recovery, deployments, worst routes.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:the report is there, whatever it tells",
      " 1:Prometheus or the verdicts could not be read",
      "64:called wrongly",
      "70:the command itself failed"
    })
final class ReportCommand implements Callable<Integer> {

  @Spec
  private CommandSpec spec;

  @Mixin
  private ServiceOptions service;

  @Mixin
  private PrometheusOptions prometheus;

  @Option(
      names = "--window",
      defaultValue = "7d",
      converter = DurationConverter.class,
      description = "How much of the time is told of, 1h to 366d; default: ${DEFAULT-VALUE}.")
  private Duration window;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "Where it ends, such as 2026-11-29T00:00:00Z; default: now.")
  private @Nullable Instant until;

  @Option(
      names = "--verdicts",
      paramLabel = "DIR",
      description = "A directory with the reports that nines watch wrote, as .yaml; without it the"
          + " versions alone tell of deployments.")
  private @Nullable Path verdicts;

  @Option(
      names = "--format",
      defaultValue = "markdown",
      description =
          "What goes to standard output: ${COMPLETION-CANDIDATES}; default:" + " ${DEFAULT-VALUE}.")
  private Format format;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where to write report.md, report.json and report.html, instead.")
  private @Nullable Path directory;

  @Override
  public Integer call() throws InterruptedException, IOException {
    ServiceReports reports = ServiceReports.through(
        prometheus.requiredClient(),
        prometheus.selector(service.name()),
        service.targets(),
        service.name());
    ServiceReport report;
    try {
      report = (verdicts == null ? reports : reports.verdicts(verdicts))
          .read(until == null ? Instant.now() : until, window);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
    } catch (IOException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return NinesCommand.NOT_WELL;
    }
    write(report);
    return NinesCommand.WELL;
  }

  private void write(ServiceReport report) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (directory == null) {
      out.print(
          switch (format) {
            case markdown -> report.toMarkdown();
            case json -> report.toJson();
            case html -> report.toHtml();
          });
    } else {
      Files.createDirectories(directory);
      out.println(Files.writeString(directory.resolve("report.md"), report.toMarkdown()));
      out.println(Files.writeString(directory.resolve("report.json"), report.toJson()));
      out.println(Files.writeString(directory.resolve("report.html"), report.toHtml()));
    }
    out.flush();
  }

  /** Named as they are typed. */
  enum Format {
    markdown,
    json,
    html
  }
}
