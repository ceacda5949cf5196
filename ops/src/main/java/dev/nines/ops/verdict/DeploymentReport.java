package dev.nines.ops.verdict;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * A verdict in the form that is kept: times in seconds, shares and changes as ratios, throughput in requests per second.
 *
 * @param deploymentStatus the verdict
 * @param environment where it was deployed
 * @param version what was deployed
 * @param timestamp when the verdict was reached
 * @param pipeline which run of the delivery pipeline deployed it
 * @param healthChecks the smoke tests and each instance at the last look
 * @param metrics {@code error_rate}, {@code latency_p95}, {@code latency_p99}, {@code throughput}, those of routes with
 *     promises of their own, and saturation
 * @param budget what is left of each error budget
 * @param rollbackPlan whether there was a way back, and how it went
 * @param incidents what went wrong, in order
 * @param nextSteps what to do now
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record DeploymentReport(
    DeploymentStatus deploymentStatus,
    @Nullable String environment,
    @Nullable String version,
    Instant timestamp,
    @Nullable String pipeline,
    List<HealthCheck> healthChecks,
    Map<String, MetricChange> metrics,
    List<Budget> budget,
    RollbackPlan rollbackPlan,
    List<IncidentEntry> incidents,
    List<String> nextSteps) {

  private static final YAMLMapper YAML = YAMLMapper.builder()
      .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
      .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
      .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
      .disable(YAMLWriteFeature.SPLIT_LINES)
      .build();
  private static final JsonMapper JSON = JsonMapper.builder()
      .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
      .build();

  /** How an endpoint answered; {@code responseTime} in seconds, null where there was none. */
  public record HealthCheck(
      String endpoint, String status, @Nullable BigDecimal responseTime) {}

  /**
   * A number before and after; null where it is not known.
   *
   * @param change by what part of {@code before} it changed: 0.5 is half as much again
   * @param significance probability of so much by chance: for error rates and latencies that they became worse, corrected for
   *     looking often and at many of them; for throughput that an hour like the one before has such a stretch. Null where it
   *     is not tested
   */
  public record MetricChange(
      @Nullable BigDecimal before,
      @Nullable BigDecimal after,
      @Nullable BigDecimal change,
      @Nullable BigDecimal significance) {}

  /** What is left of the budget of an objective; below 0 when overspent. */
  public record Budget(String objective, String routeClass, BigDecimal left, BigDecimal coverage) {}

  /**
   * The way back.
   *
   * @param status {@code not needed}, {@code no command}, {@code done} or {@code failed: …}
   * @param took seconds that the command ran
   * @param target seconds that it may take
   * @param versionGone whether the version was seen to be gone then, and all instances ready
   */
  public record RollbackPlan(
      boolean command,
      String status,
      @Nullable BigDecimal took,
      BigDecimal target,
      @Nullable Boolean withinTarget,
      @Nullable Boolean versionGone) {}

  /** Something that went wrong. */
  public record IncidentEntry(Instant time, String what) {}

  /** Returns the report as YAML. */
  public String toYaml() {
    return YAML.writeValueAsString(this);
  }

  /** Returns the report as JSON, on one line. */
  public String toJson() {
    return JSON.writeValueAsString(this);
  }
}
