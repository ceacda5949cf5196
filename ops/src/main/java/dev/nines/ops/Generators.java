package dev.nines.ops;

import dev.nines.ops.alertmanager.AlertmanagerConfig;
import dev.nines.ops.collector.CollectorConfig;
import dev.nines.ops.compose.ComposeStack;
import dev.nines.ops.generate.Blueprint;
import dev.nines.ops.generate.ExplanationFile;
import dev.nines.ops.generate.GeneratedFile;
import dev.nines.ops.generate.Generator;
import dev.nines.ops.grafana.GrafanaDashboards;
import dev.nines.ops.kubernetes.KubernetesManifests;
import dev.nines.ops.openslo.OpenSlo;
import dev.nines.ops.rules.PrometheusRules;
import dev.nines.ops.runbooks.Runbooks;
import java.util.List;

/** Everything that {@code nines generate} makes. */
public final class Generators {

  private static final List<Generator> ALL = List.of(
      new ExplanationFile(),
      new PrometheusRules(),
      new AlertmanagerConfig(),
      new GrafanaDashboards(),
      new Runbooks(),
      new KubernetesManifests(),
      new ComposeStack(),
      new OpenSlo(),
      new CollectorConfig());

  private Generators() {}

  /** Returns all files that follow from a blueprint; the same blueprint gives the same bytes. */
  public static List<GeneratedFile> generate(Blueprint blueprint) {
    return ALL.stream()
        .flatMap(generator -> generator.generate(blueprint).stream())
        .toList();
  }
}
