package dev.nines.ops.cli;

import dev.nines.ops.budget.BudgetLeft;
import dev.nines.ops.gate.Gate;
import dev.nines.ops.gate.GateVerdict;
import dev.nines.ops.prometheus.PrometheusClient;
import dev.nines.targets.Ratios;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code nines gate FILE}. */
@Command(
    name = "gate",
    description = "Says whether the error budgets can bear a deployment that goes wrong.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:you may deploy",
      " 1:you may not: too little is left of a budget, or it burns now",
      " 2:nothing is known of the budgets",
      "64:called wrongly",
      "70:the command itself failed"
    })
final class GateCommand implements Callable<Integer> {

  @Spec
  private CommandSpec spec;

  @Mixin
  private ServiceOptions service;

  @Mixin
  private PrometheusOptions prometheus;

  @Option(
      names = "--instance",
      paramLabel = "URL",
      description = "The admin server of an instance, to be asked itself; may be repeated. Instead"
          + " of --prometheus.")
  private List<URI> instances = List.of();

  @Option(
      names = "--at-least",
      paramLabel = "PERCENTAGE",
      description =
          "What must be left of each budget, such as 20%%; default: what total failure for"
              + " recovery.detection and recovery.rollback would spend.")
  private @Nullable String atLeast;

  @Override
  public Integer call() throws InterruptedException {
    Gate gate = gate();
    GateVerdict verdict = gate.ask(Instant.now());
    PrintWriter out = spec.commandLine().getOut();
    verdict.budgets().forEach(budget -> out.println(row(budget, gate.needed(budget))));
    out.println(
        switch (verdict.answer()) {
          case OPEN -> "You may deploy.";
          case CLOSED -> "Don't deploy: " + String.join("; ", verdict.reasons()) + ".";
          case UNKNOWN -> "Can't tell: " + String.join("; ", verdict.reasons()) + ".";
        });
    out.flush();
    return verdict.exitCode();
  }

  private Gate gate() {
    try {
      Optional<PrometheusClient> client = prometheus.client();
      if (client.isPresent() == !instances.isEmpty()) {
        throw new ParameterException(
            spec.commandLine(),
            "Missing: where to read, either --prometheus URL or --instance URL");
      }
      Gate gate = client.isPresent()
          ? Gate.through(client.get(), prometheus.selector(service.name()), service.targets())
          : Gate.instances(instances, prometheus.authorization(), service.targets());
      return atLeast == null ? gate : gate.atLeast(Ratios.percent(atLeast).doubleValue());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private static String row(BudgetLeft budget, double needed) {
    return String.format(
        Locale.ROOT,
        "%-14s %-20s %8.1f %% left, %5.1f %% needed, %5.1f %% of the window seen%s",
        budget.objective(),
        budget.routeClass(),
        budget.left() * 100,
        needed * 100,
        budget.coverage() * 100,
        budget.burning().map(burning -> "; " + burning).orElse(""));
  }
}
