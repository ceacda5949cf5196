package dev.nines.ops.runbooks;

import dev.nines.ops.generate.Blueprint;
import dev.nines.ops.generate.GeneratedFile;
import dev.nines.ops.generate.Generator;
import dev.nines.ops.generate.Links;
import dev.nines.ops.rules.Alert;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** {@code runbooks/}: one for each occasion, and one for each alert, under the name to which the alert's link leads. */
public final class Runbooks implements Generator {

  private static final List<String> OCCASIONS =
      List.of("deploy", "rollback", "incident", "disaster-recovery", "scaling", "post-mortem");

  @Override
  public List<GeneratedFile> generate(Blueprint blueprint) {
    Facts facts = new Facts(blueprint);
    Conditions conditions = new Conditions(blueprint);
    return Stream.concat(
            OCCASIONS.stream()
                .map(name -> new GeneratedFile(
                    "runbooks/" + name + ".md",
                    mark(blueprint) + Template.named(name).fill(facts::get))),
            Arrays.stream(Alert.values())
                .map(alert -> new GeneratedFile(
                    Links.runbookFile(alert.label()),
                    mark(blueprint) + runbook(alert, facts, conditions))))
        .toList();
  }

  private static String mark(Blueprint blueprint) {
    return "<!-- " + blueprint.heading("Runbook").replace("\n", "\n     ") + " -->\n\n";
  }

  private static String runbook(Alert alert, Facts facts, Conditions conditions) {
    String body = Template.named(template(alert))
        .fill(name -> name.equals("conditions") ? conditions.of(alert) : facts.get(name));
    return "# " + alert.label() + "\n\n"
        + alert.meaning() + ". Severity `" + alert.severity().label() + "`: " + urgency(alert)
        + " Dashboard: " + facts.get("dashboard") + ".\n\n"
        + body + "\n## Escalation\n\n" + escalation(alert);
  }

  private static String urgency(Alert alert) {
    return switch (alert.severity()) {
      case PAGE -> "somebody looks at once.";
      case HIGH -> "somebody looks within five minutes, in working hours at least.";
      case TICKET -> "somebody looks within the hour of a working day, and it is planned for.";
      case INFO -> "it is read in the daily digest.";
    };
  }

  private static String escalation(Alert alert) {
    return switch (alert.severity()) {
      case PAGE -> """
          No cause after 15 minutes, or a mitigation that did not help: call the second on call and whoever owns the code, and
          lead it as an incident ([incident.md](incident.md)). Users notice: tell those who speak with them.
          """;
      case HIGH -> """
          It gets worse, or a page joins it: lead it as an incident ([incident.md](incident.md)). Not understood within the hour:
          ask whoever owns the code.
          """;
      case TICKET -> """
          Whoever plans the team's work decides, before what is promised is broken. Again within a week: it is a
          [post-mortem](post-mortem.md)'s subject.
          """;
      case INFO -> """
          None. Every day for a week: make it a ticket.
          """;
    };
  }

  /** Alerts about the same thing are met alike; what each one's numbers are is filled in. */
  private static String template(Alert alert) {
    return switch (alert) {
      case ERROR_BURN, ERROR_FAST_BURN, ERROR_HIGH_BURN, ERROR_SLOW_BURN -> "errors";
      case LATENCY_BURN, LATENCY_FAST_BURN, LATENCY_HIGH_BURN, LATENCY_SLOW_BURN -> "latency";
      case VERY_SLOW, SLOW -> "latency";
      case AVAILABILITY_BURN, AVAILABILITY_SLOW_BURN -> "availability";
      case SERVICE_DOWN -> "service-down";
      case SERVICE_UNREADY -> "service-unready";
      case INSTANCE_DOWN -> "instance-down";
      case METRICS_ABSENT -> "metrics-absent";
      case RECOVERY_SLOW -> "recovery-slow";
      case RESTARTS -> "restarts";
      case SATURATION -> "saturation";
      case BREAKER_OPEN -> "breaker-open";
      case CHECK_FAILING -> "check-failing";
      case CERTIFICATE_ENDING, CERTIFICATE_EXPIRING -> "certificate";
      case BACKUP_OLD -> "backup-old";
      case SECRET_OLD -> "secret-old";
      case TELEMETRY_DROPPED -> "telemetry-dropped";
      case FLAPPING -> "flapping";
      case SERIES_NEAR_LIMIT -> "series-near-limit";
    };
  }
}
