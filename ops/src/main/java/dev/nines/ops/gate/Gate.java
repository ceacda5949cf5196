package dev.nines.ops.gate;

import dev.nines.ops.budget.BudgetLeft;
import dev.nines.ops.budget.InstanceBudgets;
import dev.nines.ops.budget.PrometheusBudgets;
import dev.nines.ops.http.Answer;
import dev.nines.ops.http.BoundedHttp;
import dev.nines.ops.prometheus.Exposition;
import dev.nines.ops.prometheus.PrometheusClient;
import dev.nines.ops.prometheus.Sample;
import dev.nines.targets.Durations;
import dev.nines.targets.ReliabilityTargets;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Asks whether a deployment may go ahead. Immutable and thread-safe. */
public final class Gate {

  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final long MOST_BYTES = 32L * 1024 * 1024;

  private final Budgets budgets;
  private final ReliabilityTargets targets;
  private final Optional<Double> least;

  private Gate(Budgets budgets, ReliabilityTargets targets, Optional<Double> least) {
    this.budgets = budgets;
    this.targets = targets;
    this.least = least;
  }

  /** Where the budgets are read. */
  private interface Budgets {

    List<BudgetLeft> read(Instant now) throws IOException, InterruptedException;
  }

  /**
   * Asks by the budgets of the whole service.
   *
   * @param selector label matchers of the service's series, without braces
   */
  public static Gate through(
      PrometheusClient prometheus, String selector, ReliabilityTargets targets) {
    return new Gate(
        now -> PrometheusBudgets.read(prometheus, selector, targets, now),
        targets,
        Optional.empty());
  }

  /**
   * Asks by the budgets that the instances see; of each the worst counts.
   *
   * @param authorization header to send, or empty
   */
  public static Gate instances(
      List<URI> addresses, String authorization, ReliabilityTargets targets) {
    addresses.forEach(address -> BoundedHttp.address("instance", address));
    BoundedHttp http = new BoundedHttp(LIMIT, MOST_BYTES);
    return new Gate(
        now -> {
          List<List<Sample>> pages = new ArrayList<>();
          for (URI address : addresses) {
            pages.add(page(http, address, authorization));
          }
          return InstanceBudgets.read(targets, pages);
        },
        targets,
        Optional.empty());
  }

  private static List<Sample> page(BoundedHttp http, URI address, String authorization)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(BoundedHttp.below(address, "/metrics"))
        .timeout(LIMIT)
        .header("Accept", "text/plain; version=0.0.4");
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    Answer answer = http.send(request.build());
    if (!answer.isWell()) {
      throw new IOException(address + "/metrics: status " + answer.status());
    }
    return Exposition.parse(answer.text());
  }

  /** Returns a gate that asks for at least this share of each budget, whatever a failed deployment costs. */
  public Gate atLeast(double share) {
    if (!(share >= 0) || share > 1) {
      throw new IllegalArgumentException("at-least: " + share + " (expected: 0 to 1)");
    }
    return new Gate(budgets, targets, Optional.of(share));
  }

  /** Returns the answer at a time; what cannot be read leaves it unknown. */
  public GateVerdict ask(Instant now) throws InterruptedException {
    List<BudgetLeft> all;
    try {
      all = budgets.read(now);
    } catch (IOException unanswered) {
      return GateVerdict.unknown(String.valueOf(unanswered.getMessage()));
    }
    if (all.isEmpty()) {
      return GateVerdict.unknown("nothing is known of the service's error budgets");
    }
    List<String> reasons = new ArrayList<>();
    all.forEach(budget -> reasonAgainst(budget).ifPresent(reasons::add));
    return new GateVerdict(reasons.isEmpty() ? GateAnswer.OPEN : GateAnswer.CLOSED, reasons, all);
  }

  private Optional<String> reasonAgainst(BudgetLeft budget) {
    String name = name(budget);
    if (budget.burning().isPresent()) {
      return Optional.of(name + " burns its budget: " + budget.burning().get());
    }
    double needed = needed(budget);
    if (budget.left() >= needed) {
      return Optional.empty();
    }
    String left = budget.left() > 0
        ? percent(budget.left()) + " of its budget is left"
        : "its budget is spent";
    return Optional.of(name + ": " + left + ", and "
        + (least.isPresent()
            ? percent(needed) + " is asked for"
            : "a deployment that goes wrong costs up to " + percent(needed) + " ("
                + Durations.format(failure()) + " of failure)"));
  }

  /** Returns the share of a budget that must be left: what total failure until it is seen and undone spends. */
  public double needed(BudgetLeft budget) {
    return least.orElseGet(() -> Math.min(
        1,
        Durations.seconds(failure()) / (budget.allowed() * Durations.seconds(targets.window()))));
  }

  private Duration failure() {
    return targets.recovery().detection().plus(targets.recovery().rollback());
  }

  private static String name(BudgetLeft budget) {
    return budget.routeClass().equals("default")
        ? budget.objective()
        : budget.objective() + " of " + budget.routeClass();
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", share * 100);
  }
}
