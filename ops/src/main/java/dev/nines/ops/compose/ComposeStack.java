package dev.nines.ops.compose;

import dev.nines.ops.generate.Blueprint;
import dev.nines.ops.generate.Comment;
import dev.nines.ops.generate.DnsLabel;
import dev.nines.ops.generate.GeneratedFile;
import dev.nines.ops.generate.Generator;
import dev.nines.ops.generate.Quoted;
import dev.nines.ops.probes.ComposeHealthcheck;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * {@code compose/}: the health check for whoever has a compose file already, and a whole stack for a developer's machine, with
 * Prometheus, Alertmanager, Grafana, Jaeger and the collector on the other generated files. All ports are open to this
 * machine only.
 */
public final class ComposeStack implements Generator {

  private static final String STACK = """
          # IMAGE names it; it must hold wget, as BusyBox does.
          image: ${IMAGE:-%1$s:latest}
          ports:
            - "127.0.0.1:%2$d:%2$d"
            - "127.0.0.1:%3$d:%3$d"
          environment:
            OTEL_EXPORTER_OTLP_ENDPOINT: http://otel-collector:4318
            ENVIRONMENT: local
          depends_on: [otel-collector]

        prometheus:
          image: prom/prometheus:v3.5.0
          command:
            - --config.file=/etc/prometheus/prometheus.yaml
            - --storage.tsdb.retention.time=%4$dd
          volumes:
            - ./prometheus.yaml:/etc/prometheus/prometheus.yaml:ro
            - ../prometheus/rules.yaml:/etc/prometheus/rules.yaml:ro
          ports: ["127.0.0.1:9090:9090"]
          depends_on: [alertmanager]

        # It delivers nothing until ../alertmanager/secrets holds what alertmanager.yaml refers to.
        alertmanager:
          image: prom/alertmanager:v0.28.1
          command:
            - --config.file=/etc/alertmanager/alertmanager.yaml
            - --storage.path=/alertmanager
          volumes:
            - ../alertmanager:/etc/alertmanager:ro
          ports: ["127.0.0.1:9093:9093"]

        grafana:
          image: grafana/grafana:12.0.2
          environment:
            GF_AUTH_ANONYMOUS_ENABLED: "true"
            GF_AUTH_ANONYMOUS_ORG_ROLE: Viewer
          volumes:
            - ./grafana/datasources.yaml:/etc/grafana/provisioning/datasources/nines.yaml:ro
            - ./grafana/dashboards.yaml:/etc/grafana/provisioning/dashboards/nines.yaml:ro
            - ../grafana:/var/lib/grafana/dashboards/nines:ro
          ports: ["127.0.0.1:3000:3000"]
          depends_on: [prometheus]

        jaeger:
          image: jaegertracing/jaeger:2.8.0
          ports: ["127.0.0.1:16686:16686"]

        otel-collector:
          image: otel/opentelemetry-collector-contrib:0.130.0
          command: [--config=/etc/otelcol/config.yaml]
          volumes:
            - ../otel-collector.yaml:/etc/otelcol/config.yaml:ro
          depends_on: [jaeger]
      """;

  private static final String DATASOURCES = """
      apiVersion: 1
      datasources:
        - name: Prometheus
          uid: prometheus
          type: prometheus
          access: proxy
          url: http://prometheus:9090
          isDefault: true
          jsonData: {timeInterval: 15s}
        - name: Jaeger
          uid: jaeger
          type: jaeger
          access: proxy
          url: http://jaeger:16686
      """;

  private static final String DASHBOARDS = """
      apiVersion: 1
      providers:
        - name: nines
          folder: Nines
          type: file
          options: {path: /var/lib/grafana/dashboards/nines}
      """;

  @Override
  public List<GeneratedFile> generate(Blueprint blueprint) {
    String name = DnsLabel.of(blueprint.service());
    ComposeHealthcheck check =
        ComposeHealthcheck.of(blueprint.settings(), name, blueprint.ports().admin());
    return List.of(
        file(blueprint, "healthcheck.yaml", "The health check", healthcheck(blueprint, check)),
        file(blueprint, "docker-compose.yaml", "A local stack", stack(blueprint, check)),
        file(blueprint, "prometheus.yaml", "The local Prometheus", prometheus(blueprint, name)),
        file(blueprint, "grafana/datasources.yaml", "The data sources", DATASOURCES),
        file(blueprint, "grafana/dashboards.yaml", "The dashboards", DASHBOARDS));
  }

  private static GeneratedFile file(Blueprint blueprint, String path, String what, String content) {
    return new GeneratedFile("compose/" + path, Comment.of(blueprint.heading(what)) + content);
  }

  private static String healthcheck(Blueprint blueprint, ComposeHealthcheck check) {
    return Comment.of("docker compose -f docker-compose.yaml -f healthcheck.yaml up\n"
            + numbers(blueprint)
            + "\nThe same in a Dockerfile, where Swarm restarts by it, so that it asks for liveness:\n"
            + check.restarting().dockerfile())
        + check.yaml();
  }

  private static String stack(Blueprint blueprint, ComposeHealthcheck check) {
    return Comment.of(
            "docker compose -f docker-compose.yaml up; Grafana is at http://localhost:3000,"
                + " Jaeger at http://localhost:16686.\n" + numbers(blueprint))
        + "name: " + check.service() + "\n"
        + check.yaml()
        + STACK.formatted(
            check.service(),
            blueprint.ports().service(),
            blueprint.ports().admin(),
            blueprint.targets().window().toDays() + 1);
  }

  private static String numbers(Blueprint blueprint) {
    return List.of("probes.period", "probes.failureThreshold", "lifecycle.start", "lifecycle.grace")
        .stream()
        .map(row -> row + ": " + blueprint.why(row))
        .collect(Collectors.joining("\n"));
  }

  private static String prometheus(Blueprint blueprint, String name) {
    return """
        # Windows of two minutes need samples at most 30 s apart.
        global:
          scrape_interval: 15s
          evaluation_interval: 15s
        rule_files: [/etc/prometheus/rules.yaml]
        alerting:
          alertmanagers:
            - static_configs:
                - targets: ["alertmanager:9093"]
        scrape_configs:
          - job_name: %1$s
            static_configs:
              - targets: ["%2$s:%3$d"]
                labels: {%4$s}
          - job_name: otel-collector
            honor_labels: true
            static_configs:
              - targets: ["otel-collector:8889"]
        """.formatted(
            Quoted.text(blueprint.identity().getOrDefault("job", blueprint.service())),
            name,
            blueprint.ports().admin(),
            labels(blueprint.identity()));
  }

  /** The labels by which rules and dashboards find the service, as far as the job does not say them. */
  private static String labels(Map<String, String> identity) {
    return identity.entrySet().stream()
        .filter(label -> !label.getKey().equals("job"))
        .map(label -> label.getKey() + ": " + Quoted.text(label.getValue()))
        .collect(Collectors.joining(", "));
  }
}
