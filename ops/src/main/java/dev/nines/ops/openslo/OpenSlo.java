package dev.nines.ops.openslo;

import dev.nines.derive.BurnTier;
import dev.nines.ops.generate.Blueprint;
import dev.nines.ops.generate.Comment;
import dev.nines.ops.generate.DnsLabel;
import dev.nines.ops.generate.GeneratedFile;
import dev.nines.ops.generate.Generator;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code openslo/}: the service and its data source, an SLO for each objective of each route class, and the tiers of the
 * workbook as alert conditions. The tiers that OpenSLO has no words for stand in {@code prometheus/rules.yaml} only.
 *
 * @see <a href="https://github.com/OpenSLO/OpenSLO">OpenSLO, version 1</a>
 */
public final class OpenSlo implements Generator {

  private static final String SERVICE = """
      apiVersion: openslo/v1
      kind: Service
      metadata:
        name: %1$s
        displayName: %2$s
      spec:
        description: What %2$s promises over %3$s.
      ---
      apiVersion: openslo/v1
      kind: DataSource
      metadata:
        name: prometheus
        displayName: Prometheus
      spec:
        type: Prometheus
        connectionDetails:
          url: http://prometheus:9090
      """;

  @Override
  public List<GeneratedFile> generate(Blueprint blueprint) {
    String name = DnsLabel.of(blueprint.service());
    List<SloAlert> alerts = alerts(blueprint, name);
    List<Slo> slos = slos(blueprint, name);
    return List.of(
        file(
            blueprint,
            "service",
            "The service",
            SERVICE.formatted(
                name, blueprint.service(), Shorthand.of(blueprint.targets().window()))),
        file(
            blueprint,
            "slos",
            "The promises",
            slos.stream()
                .map(slo -> slo.yaml(blueprint, alerts))
                .collect(Collectors.joining("---\n"))),
        file(
            blueprint,
            "alerts",
            "The alert conditions",
            SloAlert.targets() + "---\n"
                + alerts.stream()
                    .map(alert -> alert.yaml(blueprint))
                    .collect(Collectors.joining("---\n"))));
  }

  private static GeneratedFile file(Blueprint blueprint, String path, String what, String content) {
    return new GeneratedFile(
        "openslo/" + path + ".yaml", Comment.of(blueprint.heading(what)) + content);
  }

  private static List<Slo> slos(Blueprint blueprint, String name) {
    List<Slo> slos = new ArrayList<>();
    slos.add(Slo.availability(blueprint, name));
    Stream.concat(Stream.of("default"), blueprint.targets().routes().keySet().stream())
        .forEach(routeClass -> slos.addAll(Slo.requests(blueprint, name, routeClass)));
    return slos;
  }

  /** OpenSLO looks at one window, so the tiers with a window of evidence are told, and the sudden ones are not. */
  private static List<SloAlert> alerts(Blueprint blueprint, String name) {
    return Stream.concat(
            blueprint.settings().availabilityTiers().stream(),
            blueprint.settings().burnTiers().stream())
        .filter(tier -> tier.name().startsWith("burn_") && tier.canFire())
        .map((BurnTier tier) -> new SloAlert(name, tier))
        .toList();
  }
}
