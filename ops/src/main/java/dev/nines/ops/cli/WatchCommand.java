package dev.nines.ops.cli;

import dev.nines.ops.prometheus.PrometheusClient;
import dev.nines.ops.verdict.DeploymentWatch;
import dev.nines.ops.verdict.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code nines watch FILE}. */
@Command(
    name = "watch",
    description = "Watches a deployment and judges it against the targets and what was before it."
        + " Shows what it sees on standard error, and writes a report as YAML.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:SUCCESS, all promises are shown to be kept",
      " 1:FAILED, one is shown to be kept worse than before",
      " 2:INCONCLUSIVE, neither could be shown",
      " 3:ROLLED_BACK, it failed and the rollback command ran",
      " 4:it failed, and so did the rollback command",
      "64:called wrongly",
      "70:the command itself failed"
    })
final class WatchCommand implements Callable<Integer> {

  /** Where pipelines say which run this is, in the order in which they are asked. */
  private static final List<String> PIPELINES =
      List.of("CI_PIPELINE_URL", "BUILD_URL", "CIRCLE_BUILD_URL", "BUILDKITE_BUILD_URL");

  @Spec
  private CommandSpec spec;

  @Mixin
  private ServiceOptions service;

  @Mixin
  private PrometheusOptions prometheus;

  @Option(
      names = "--instance",
      paramLabel = "URL",
      description = "The admin server of an instance, to be asked itself for /metrics and /health;"
          + " may be repeated. Instead of --prometheus.")
  private List<URI> instances = List.of();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  private boolean help;

  @Option(
      names = "--version",
      paramLabel = "VERSION",
      description = "The version that was deployed; default: the one that runs, if it is one.")
  private @Nullable String version;

  @Option(
      names = "--baseline",
      paramLabel = "VERSION",
      description = "The version beside it to compare with, for canary and blue-green; default:"
          + " what was before.")
  private @Nullable String baseline;

  @Option(
      names = "--environment",
      paramLabel = "NAME",
      description = "The environment that was deployed to; default: all that is found.")
  private @Nullable String environment;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "When the deployment began, such as 2026-11-29T09:00:00Z; default: when the"
          + " version was first seen, else now.")
  private @Nullable Instant since;

  @Option(
      names = "--before",
      defaultValue = "1h",
      converter = DurationConverter.class,
      description = "How much of the time before it is compared with, in Prometheus; default:"
          + " ${DEFAULT-VALUE}.")
  private Duration before;

  @Option(
      names = "--duration",
      defaultValue = "5m",
      converter = DurationConverter.class,
      description = "How long to watch, after the warm-up; default: ${DEFAULT-VALUE}.")
  private Duration duration;

  @Option(
      names = "--warm-up",
      converter = DurationConverter.class,
      description = "What is left out of each instance's life; default: recovery.detection.")
  private @Nullable Duration warmUp;

  @Option(
      names = "--wait",
      converter = DurationConverter.class,
      description = "How long to wait for smoke tests and the version; default: lifecycle.start.")
  private @Nullable Duration patience;

  @Option(
      names = "--interval",
      converter = DurationConverter.class,
      description = "The time from look to look; default: that of the health checks.")
  private @Nullable Duration interval;

  @Option(
      names = "--smoke",
      paramLabel = "URL",
      description = "An address that must answer with 200 to 399 first; may be repeated.")
  private List<URI> smoke = List.of();

  @Option(
      names = "--rollback-command",
      paramLabel = "COMMAND",
      description = "What brings the former version back, for /bin/sh -c; run if the deployment"
          + " fails. It finds NINES_SERVICE, NINES_VERSION, NINES_BASELINE, NINES_ENVIRONMENT and"
          + " NINES_REASON in its environment.")
  private @Nullable String rollbackCommand;

  @Option(
      names = "--notify-url-file",
      paramLabel = "FILE",
      description = "A file with the address that the verdict is posted to as JSON.")
  private @Nullable Path notifyUrlFile;

  @Option(
      names = "--pipeline",
      paramLabel = "RUN",
      description = "Which run of the pipeline this is, for the report; default: what GitHub,"
          + " GitLab, Jenkins, CircleCI or Buildkite say in their variables.")
  private @Nullable String pipeline;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Where to write the report; default: standard output.")
  private @Nullable Path report;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    DeploymentWatch watch = watch().progress(line -> {
      err.println(line);
      err.flush();
    });
    Verdict verdict = run(watch);
    write(verdict.report().toYaml());
    err.println(verdict.summary());
    err.flush();
    return verdict.exitCode();
  }

  private Verdict run(DeploymentWatch watch) throws InterruptedException {
    try {
      return watch.run();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private DeploymentWatch watch() {
    Optional<PrometheusClient> client = prometheus.client();
    if (client.isPresent() == !instances.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "Missing: where to read, either --prometheus URL or --instance URL");
    }
    DeploymentWatch watch = client.isPresent()
        ? DeploymentWatch.through(client.get(), service.targets(), service.name())
            .selector(prometheus.selector(service.name()))
        : DeploymentWatch.instances(instances, service.targets(), service.name())
            .authorization(prometheus.authorization());
    Optional.ofNullable(version).ifPresent(watch::version);
    Optional.ofNullable(baseline).ifPresent(watch::baseline);
    Optional.ofNullable(environment).ifPresent(watch::environment);
    Optional.ofNullable(since).ifPresent(watch::since);
    Optional.ofNullable(warmUp).ifPresent(watch::warmUp);
    Optional.ofNullable(patience).ifPresent(watch::patience);
    Optional.ofNullable(interval).ifPresent(watch::interval);
    Optional.ofNullable(rollbackCommand).ifPresent(watch::rollbackCommand);
    notifyUrl().ifPresent(watch::notifyUrl);
    pipeline(System.getenv()).ifPresent(watch::pipeline);
    return watch.before(before).duration(duration).smoke(smoke);
  }

  private Optional<URI> notifyUrl() {
    if (notifyUrlFile == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          URI.create(SecretFile.read(spec.commandLine(), "--notify-url-file", notifyUrlFile)));
    } catch (IllegalArgumentException secret) {
      throw new ParameterException(
          spec.commandLine(),
          "--notify-url-file: " + notifyUrlFile + " (expected: a file with an address)");
    }
  }

  private Optional<String> pipeline(Map<String, String> variables) {
    String github = variables.containsKey("GITHUB_RUN_ID")
        ? variables.get("GITHUB_SERVER_URL") + "/" + variables.get("GITHUB_REPOSITORY")
            + "/actions/runs/" + variables.get("GITHUB_RUN_ID")
        : null;
    return Stream.concat(
            Stream.of(Optional.ofNullable(pipeline), Optional.ofNullable(github)),
            PIPELINES.stream().map(name -> Optional.ofNullable(variables.get(name))))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** A verdict stands, whatever becomes of its report. */
  private void write(String yaml) {
    if (report != null) {
      try {
        Files.writeString(report, yaml);
        return;
      } catch (IOException e) {
        spec.commandLine().getErr().println("--report: " + report + " cannot be written: " + e);
      }
    }
    spec.commandLine().getOut().print(yaml);
    spec.commandLine().getOut().flush();
  }
}
