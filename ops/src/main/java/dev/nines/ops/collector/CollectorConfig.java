package dev.nines.ops.collector;

import dev.nines.ops.generate.Blueprint;
import dev.nines.ops.generate.Comment;
import dev.nines.ops.generate.GeneratedFile;
import dev.nines.ops.generate.Generator;
import dev.nines.targets.Durations;
import java.time.Duration;
import java.util.List;

/**
 * {@code otel-collector.yaml}: traces and logs by OTLP, in and out. Metrics that come by OTLP are shown for a scrape; those of
 * Nines are scraped from the service itself, so that nothing counts twice.
 */
public final class CollectorConfig implements Generator {

  private static final String TEMPLATE = """
      receivers:
        otlp:
          protocols:
            grpc: {endpoint: "0.0.0.0:4317"}
            http: {endpoint: "0.0.0.0:4318"}

      processors:
        # First of all, so that a collector under pressure refuses and does not die. Of the container's memory: it refuses
        # from limit - spike, 60 %%, and collects garbage from 80 %%.
        memory_limiter:
          check_interval: 1s
          limit_percentage: 80
          spike_limit_percentage: 20
        # A trace is complete for whoever looks %1$s later at most.
        batch:
          send_batch_size: 8192
          timeout: %1$s

      exporters:
        # Jaeger understands OTLP, and so does nearly everybody else.
        otlp:
          endpoint: "${env:TRACES_ENDPOINT:-jaeger:4317}"
          tls:
            insecure: ${env:TRACES_INSECURE:-true}
          # What cannot be delivered is tried again for recovery.restore, %2$s, and is dropped then.
          retry_on_failure:
            initial_interval: 1s
            max_interval: 30s
            max_elapsed_time: %2$s
          sending_queue:
            queue_size: 1000
        # Of other services that send metrics by OTLP. Those of Nines are scraped at :%3$d/metrics, and sent nowhere.
        prometheus:
          endpoint: "0.0.0.0:8889"
        debug:
          verbosity: basic

      extensions:
        health_check:
          endpoint: "0.0.0.0:13133"

      service:
        extensions: [health_check]
        pipelines:
          traces:
            receivers: [otlp]
            processors: [memory_limiter, batch]
            exporters: [otlp]
          metrics:
            receivers: [otlp]
            processors: [memory_limiter, batch]
            exporters: [prometheus]
          # Nines logs to standard output; what comes here is somebody else's, and is shown in the collector's own log.
          logs:
            receivers: [otlp]
            processors: [memory_limiter, batch]
            exporters: [debug]
      """;

  /** Short enough to be at hand in an incident, long enough for batches. */
  private static final Duration BATCH = Duration.ofSeconds(5);

  @Override
  public List<GeneratedFile> generate(Blueprint blueprint) {
    String restore = Durations.format(blueprint.targets().recovery().restore());
    return List.of(new GeneratedFile(
        "otel-collector.yaml",
        Comment.of(blueprint.heading("The OpenTelemetry collector"))
            + TEMPLATE.formatted(
                Durations.format(BATCH), goDuration(restore), blueprint.ports().admin())));
  }

  /** Go knows no days. */
  private static String goDuration(String duration) {
    Duration length = Durations.parse(duration);
    return length.toDays() > 0 ? length.toSeconds() + "s" : duration;
  }
}
