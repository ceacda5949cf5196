package dev.nines.ops.kubernetes;

import dev.nines.derive.SaturationRules;
import dev.nines.ops.generate.Blueprint;
import dev.nines.ops.generate.Comment;
import dev.nines.ops.generate.DnsLabel;
import dev.nines.ops.generate.GeneratedFile;
import dev.nines.ops.generate.Generator;
import dev.nines.ops.probes.KubernetesProbes;
import dev.nines.targets.Ratios;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code kubernetes/}: a patch of the Deployment, and the objects beside it. Pods are found by their recommended label. */
public final class KubernetesManifests implements Generator {

  private static final String NAME_LABEL = "app.kubernetes.io/name";
  private static final Duration LEAST_PROGRESS = Duration.ofMinutes(10);

  @Override
  public List<GeneratedFile> generate(Blueprint blueprint) {
    String name = DnsLabel.of(blueprint.service());
    return List.of(
        file(
            "deployment-patch",
            blueprint,
            "Probes and grace of the pods",
            deployment(blueprint, name)),
        file("service", blueprint, "The admin ports of the instances", service(blueprint, name)),
        file("hpa", blueprint, "The autoscaler", autoscaler(blueprint, name)),
        file("pdb", blueprint, "The disruption budget", budget(name)),
        file("servicemonitor", blueprint, "The monitor", monitor(name)));
  }

  private static GeneratedFile file(
      String object, Blueprint blueprint, String what, String content) {
    return new GeneratedFile(
        "kubernetes/" + object + ".yaml", Comment.of(blueprint.heading(what)) + content);
  }

  private static String deployment(Blueprint blueprint, String name) {
    Duration start = blueprint.targets().lifecycle().start();
    Duration progress = start.plus(blueprint.targets().recovery().detection());
    Duration limit = progress.compareTo(LEAST_PROGRESS) < 0 ? LEAST_PROGRESS : progress;
    KubernetesProbes probes =
        KubernetesProbes.of(blueprint.settings(), name, blueprint.ports().admin());
    return """
        # kubectl patch deployment %1$s --patch-file deployment-patch.yaml, or a patch of a kustomization. Container and
        # Deployment are called like the service. There is no preStop hook: the process waits by itself after SIGTERM.
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: %1$s
        spec:
          # Nobody goes before his successor is ready.
          strategy:
            type: RollingUpdate
            rollingUpdate: {maxUnavailable: 0, maxSurge: 1}
          # lifecycle.start + recovery.detection, at least Kubernetes' own 10 minutes.
          progressDeadlineSeconds: %2$d
          template:
            metadata:
              labels:
                %3$s: %1$s
        """.formatted(name, limit.toSeconds(), NAME_LABEL)
        + Comment.of("    ", numbers(blueprint))
        + indented(probes.yaml());
  }

  private static String numbers(Blueprint blueprint) {
    return Stream.of(
            "lifecycle.grace",
            "probes.period",
            "probes.timeout",
            "probes.failureThreshold",
            "probes.startupFailureThreshold",
            "probes.worstCase")
        .map(row -> row + ": " + blueprint.why(row))
        .collect(Collectors.joining("\n"));
  }

  private static String indented(String yaml) {
    return yaml.lines().map(line -> "    " + line + "\n").collect(Collectors.joining());
  }

  private static String service(Blueprint blueprint, String name) {
    return """
        # Headless, and with instances that are not ready, which have most to tell.
        apiVersion: v1
        kind: Service
        metadata:
          name: %1$s-admin
          labels:
            %3$s: %1$s
        spec:
          clusterIP: None
          publishNotReadyAddresses: true
          selector:
            %3$s: %1$s
          ports:
            - name: admin
              port: %2$d
              targetPort: %2$d
        """.formatted(name, blueprint.ports().admin(), NAME_LABEL);
  }

  private static String autoscaler(Blueprint blueprint, String name) {
    BigDecimal percent = blueprint.targets().saturation().cpu().movePointRight(2);
    return """
        # averageUtilization: saturation.cpu, %4$s, in whole percent: more instances come where the alert would begin to count.
        # Kubernetes relates it to what a container requests, Nines to its limit: give it a CPU request that equals its limit.
        # minReplicas: two, so that one may go. scaleDown waits for as long as a resource must stay saturated to count.
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata:
          name: %1$s
        spec:
          scaleTargetRef:
            apiVersion: apps/v1
            kind: Deployment
            name: %1$s
          minReplicas: 2
          maxReplicas: 10
          metrics:
            - type: Resource
              resource:
                name: cpu
                target:
                  type: Utilization
                  averageUtilization: %2$s
          behavior:
            scaleDown:
              stabilizationWindowSeconds: %3$d
        """.formatted(
            name,
            percent.setScale(0, RoundingMode.FLOOR).max(BigDecimal.ONE).toPlainString(),
            SaturationRules.SUSTAINED.toSeconds(),
            Ratios.format(blueprint.targets().saturation().cpu()));
  }

  private static String budget(String name) {
    return """
        # One at a time, since the autoscaler keeps at least two. One that is not ready may always go: a drain must not wait
        # for what is broken already.
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata:
          name: %1$s
        spec:
          maxUnavailable: 1
          unhealthyPodEvictionPolicy: AlwaysAllow
          selector:
            matchLabels:
              %2$s: %1$s
        """.formatted(name, NAME_LABEL);
  }

  private static String monitor(String name) {
    return """
        # For the Prometheus operator. All instances share the job "%1$s". The interval is what windows of two minutes need.
        apiVersion: monitoring.coreos.com/v1
        kind: ServiceMonitor
        metadata:
          name: %1$s
          labels:
            %2$s: %1$s
        spec:
          jobLabel: %2$s
          selector:
            matchLabels:
              %2$s: %1$s
          endpoints:
            - port: admin
              path: /metrics
              interval: 15s
              scrapeTimeout: 5s
        """.formatted(name, NAME_LABEL);
  }
}
