package dev.nines.ops.grafana;

import dev.nines.ops.generate.Blueprint;
import dev.nines.ops.generate.DnsLabel;
import dev.nines.ops.generate.GeneratedFile;
import dev.nines.ops.generate.Generator;
import java.util.List;

/** {@code grafana/}: the dashboard of the service, and that of all services. Any Prometheus can be chosen as their source. */
public final class GrafanaDashboards implements Generator {

  @Override
  public List<GeneratedFile> generate(Blueprint blueprint) {
    return List.of(
        new GeneratedFile(
            "grafana/" + DnsLabel.of(blueprint.service()) + ".json",
            new ServiceDashboard(blueprint).json()),
        new GeneratedFile(
            "grafana/fleet/services.json", new FleetDashboard(blueprint.naming()).json()));
  }
}
