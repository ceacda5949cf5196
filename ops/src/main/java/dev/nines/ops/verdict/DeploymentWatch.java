package dev.nines.ops.verdict;

import dev.nines.derive.Settings;
import dev.nines.ops.budget.BudgetLeft;
import dev.nines.ops.prometheus.PrometheusClient;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.time.TimeSource;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Watches a deployment and says what became of it. Not thread-safe: set it up, then {@link #run()} it once.
 *
 * <p>See the package for what is compared, and how.
 */
public final class DeploymentWatch {

  private final ReliabilityTargets targets;
  private final String service;
  private @Nullable PrometheusClient prometheus;
  private @Nullable String selector;
  private List<URI> instances = List.of();
  private String authorization = "";
  private Optional<String> version = Optional.empty();
  private Optional<String> baseline = Optional.empty();
  private Optional<String> environment = Optional.empty();
  private Optional<Instant> since = Optional.empty();
  private Duration before = Duration.ofHours(1);
  private Duration duration = Duration.ofMinutes(5);
  private Duration warmUp;
  private Duration patience;
  private Duration interval;
  private List<URI> smoke = List.of();
  private Optional<String> rollbackCommand = Optional.empty();
  private Optional<URI> notifyUrl = Optional.empty();
  private Optional<String> pipeline = Optional.empty();
  private Consumer<String> progress = line -> {};

  private DeploymentWatch(ReliabilityTargets targets, String service) {
    this.targets = targets;
    this.service = service;
    this.warmUp = targets.recovery().detection();
    this.patience = targets.lifecycle().start();
    this.interval = Settings.derive(targets).checks().interval();
  }

  /** Watches through a Prometheus that scrapes the service, by default under its name as {@code job}. */
  public static DeploymentWatch through(
      PrometheusClient prometheus, ReliabilityTargets targets, String service) {
    DeploymentWatch watch = new DeploymentWatch(targets, service);
    watch.prometheus = prometheus;
    watch.selector = "job=\"" + service + "\"";
    return watch;
  }

  /** Watches the admin servers of the instances themselves: their {@code /metrics} and {@code /health}. */
  public static DeploymentWatch instances(
      List<URI> addresses, ReliabilityTargets targets, String service) {
    DeploymentWatch watch = new DeploymentWatch(targets, service);
    watch.instances = List.copyOf(addresses);
    return watch;
  }

  /** Label matchers of the service's series in Prometheus, without braces; default {@code job="<service>"}. */
  public DeploymentWatch selector(String matchers) {
    if (matchers.isBlank() || matchers.contains("}")) {
      throw new IllegalArgumentException("selector: '" + matchers
          + "' (expected: label matchers without braces, such as job=\"checkout\")");
    }
    selector = matchers;
    return this;
  }

  /** Sends this header {@code Authorization} to the instances; it is never shown. */
  public DeploymentWatch authorization(String header) {
    authorization = header;
    return this;
  }

  /** The version to be judged; default: the one that runs, if it is a single one. */
  public DeploymentWatch version(String name) {
    version = Optional.of(name);
    return this;
  }

  /** The version that runs beside it and that it is compared with; default: none, before is compared with after. */
  public DeploymentWatch baseline(String name) {
    baseline = Optional.of(name);
    return this;
  }

  /** The environment whose instances count in Prometheus; default: all. */
  public DeploymentWatch environment(String name) {
    environment = Optional.of(name);
    return this;
  }

  /** When the deployment began; default: when the version was first seen, else now. */
  public DeploymentWatch since(Instant begin) {
    since = Optional.of(begin);
    return this;
  }

  /** The length of time before the deployment that is compared with; default 1 h. Instances tell of all their life. */
  public DeploymentWatch before(Duration length) {
    before = length;
    return this;
  }

  /** The length of the watch, from the first warm instance on; default 5 min. */
  public DeploymentWatch duration(Duration length) {
    duration = length;
    return this;
  }

  /** What is left out of each instance's life; default {@code recovery.detection}. */
  public DeploymentWatch warmUp(Duration length) {
    warmUp = length;
    return this;
  }

  /** How long to wait for the version to be there; default {@code lifecycle.start}. */
  public DeploymentWatch patience(Duration length) {
    patience = length;
    return this;
  }

  /** The time from look to look; default the interval of the health checks, 5 s at the built-in targets. */
  public DeploymentWatch interval(Duration length) {
    interval = length;
    return this;
  }

  /** Addresses that must each answer with 200 to 399 before anything else is looked at. */
  public DeploymentWatch smoke(List<URI> addresses) {
    smoke = List.copyOf(addresses);
    return this;
  }

  /** What brings the former version back, for {@code /bin/sh -c}; it is run if the deployment fails. */
  public DeploymentWatch rollbackCommand(String command) {
    rollbackCommand = Optional.of(command);
    return this;
  }

  /** Where the verdict is posted to as JSON; never shown. */
  public DeploymentWatch notifyUrl(URI url) {
    notifyUrl = Optional.of(url);
    return this;
  }

  /** Which run of the pipeline this is, for the report. */
  public DeploymentWatch pipeline(String run) {
    pipeline = Optional.of(run);
    return this;
  }

  /** Who hears what is seen, a line for each look. */
  public DeploymentWatch progress(Consumer<String> lines) {
    progress = lines;
    return this;
  }

  /**
   * Watches, and rolls back where that is called for.
   *
   * @throws IllegalArgumentException if a setting is out of its range
   */
  public Verdict run() throws InterruptedException {
    Plan plan = plan();
    if (prometheus != null && selector != null) {
      return run(
          plan,
          new PrometheusSource(prometheus, selector, environment, targets),
          TimeSource.system(),
          DeploymentWatch::sleep);
    }
    try (InstanceSource source = new InstanceSource(instances, authorization, targets)) {
      return run(plan, source, TimeSource.system(), DeploymentWatch::sleep);
    }
  }

  private static void sleep(Duration length) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(length.toNanos());
  }

  Plan plan() {
    return new Plan(
        targets,
        service,
        version,
        baseline,
        environment,
        since,
        before,
        duration,
        warmUp,
        patience,
        interval,
        smoke,
        rollbackCommand,
        notifyUrl,
        pipeline);
  }

  /** Watches on a clock that can be turned. */
  Verdict run(Plan plan, MetricSource source, TimeSource time, Pause pause)
      throws InterruptedException {
    Incidents incidents = new Incidents(progress);
    Watching watching = new Watching(plan, source, time, pause, progress, incidents);
    Smoke smoked = new Smoke(time, pause);
    Optional<String> burnt = smoked.failure(plan.smoke(), plan.patience());
    Conclusion conclusion = burnt.isPresent() ? Conclusion.failed(burnt.get()) : watching.watch();
    if (conclusion.status() == DeploymentStatus.FAILED) {
      conclusion.reasons().forEach(reason -> incidents.add(time.now(), reason));
    }
    Rollback rollback = rollback(plan, conclusion, watching, time);
    DeploymentStatus status = rollback.done() ? DeploymentStatus.ROLLED_BACK : conclusion.status();
    ReportWriter writer =
        new ReportWriter(plan, watching, smoked.answers(), budgets(source, time), incidents);
    Verdict verdict = new Verdict(
        status,
        conclusion.reasons(),
        rollback.ran() && !rollback.done(),
        writer.report(status, conclusion, rollback, time));
    notify(plan, verdict);
    return verdict;
  }

  private Rollback rollback(Plan plan, Conclusion conclusion, Watching watching, TimeSource time)
      throws InterruptedException {
    Duration target = plan.targets().recovery().rollback();
    boolean given = plan.rollbackCommand().isPresent();
    if (conclusion.status() != DeploymentStatus.FAILED || !given) {
      String outcome = conclusion.status() == DeploymentStatus.FAILED ? "no command" : "not needed";
      return new Rollback(given, outcome, Optional.empty(), target, Optional.empty());
    }
    progress.accept("FAILED: " + String.join("; ", conclusion.reasons()) + "; rolling back");
    Rollback ran = new RollbackCommand(
            plan.rollbackCommand().get(),
            variables(plan, watching, conclusion),
            target,
            plan.targets().recovery().rto(),
            progress)
        .run(time);
    progress.accept(
        "rollback " + ran.outcome() + " after " + Shown.length(ran.took().orElseThrow()));
    return ran.done()
        ? ran.seen(watching.isGoneWithin(target.minus(ran.took().orElseThrow())))
        : ran;
  }

  private static Map<String, String> variables(
      Plan plan, Watching watching, Conclusion conclusion) {
    Map<String, String> variables = new HashMap<>();
    variables.put("NINES_SERVICE", plan.service());
    variables.put("NINES_REASON", String.join("; ", conclusion.reasons()));
    plan.version()
        .or(watching.fleet()::version)
        .ifPresent(name -> variables.put("NINES_VERSION", name));
    plan.baseline().ifPresent(name -> variables.put("NINES_BASELINE", name));
    plan.environment().ifPresent(name -> variables.put("NINES_ENVIRONMENT", name));
    return variables;
  }

  /** A verdict stands without them. */
  private List<BudgetLeft> budgets(MetricSource source, TimeSource time)
      throws InterruptedException {
    try {
      return source.budgets(time.now());
    } catch (IOException unanswered) {
      progress.accept("the budgets could not be read: " + unanswered.getMessage());
      return List.of();
    }
  }

  private void notify(Plan plan, Verdict verdict) throws InterruptedException {
    if (plan.notifyUrl().isPresent()) {
      Notification.post(plan.notifyUrl().get(), plan.service(), verdict)
          .ifPresent(failure -> progress.accept("the verdict could not be posted: " + failure));
    }
  }
}
