package dev.nines.spring;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What {@code application.yaml} may say of Nines. Values of a declaration are texts in the forms of {@code reliability.yaml},
 * for core reads them and knows their limits.
 *
 * @param enabled Whether Nines is there at all.
 * @param service Name of the service; by default that of OTEL_SERVICE_NAME or reliability.yaml, else spring.application.name.
 * @param version Version of the service; by default SERVICE_VERSION, else the version of the application's jar.
 * @param environment Deployment environment, such as production; by default ENVIRONMENT.
 * @param config Path of the declaration, in place of reliability.yaml on the classpath.
 * @param targets What the service promises.
 * @param lifecycle How long start and stop may take.
 * @param traffic How much traffic is expected.
 * @param routes What single routes promise otherwise, by method and template, such as "[POST /orders]".
 * @param dependencies What the service leans on, by name.
 * @param admin Where health and metrics are served.
 * @param checks Checks that beans get by themselves.
 * @param calls Calls to dependencies.
 * @param logging Log lines.
 * @param metrics Metrics.
 * @param trustedProxies Addresses or networks of the proxies whose X-Forwarded-For is believed.
 */
@ConfigurationProperties(prefix = "nines", ignoreUnknownFields = false)
record NinesProperties(
    @DefaultValue("true") boolean enabled,
    @Nullable String service,
    @Nullable String version,
    @Nullable String environment,
    @Nullable String config,
    @DefaultValue Targets targets,
    @DefaultValue Lifecycle lifecycle,
    @DefaultValue Traffic traffic,
    @DefaultValue Map<String, Route> routes,
    @DefaultValue Map<String, Leaned> dependencies,
    @DefaultValue Admin admin,
    @DefaultValue Checks checks,
    @DefaultValue Calls calls,
    @DefaultValue Logging logging,
    @DefaultValue Metrics metrics,
    @DefaultValue List<String> trustedProxies) {

  /**
   * What the service promises.
   *
   * @param availability Share of time in which the service is ready, such as 99.9%.
   * @param errorRate Share of valid requests that may fail, such as 0.1%.
   * @param latency Longest duration by quantile, such as p99: 500ms.
   * @param saturation Shares of the machine that may be used.
   * @param recovery How fast the service finds and mends a failure.
   * @param durability Share of data that is never lost, such as 99.999999%.
   * @param window Time over which promises are counted, such as 30d.
   */
  record Targets(
      @Nullable String availability,
      @Nullable String errorRate,
      @DefaultValue Map<String, String> latency,
      @DefaultValue Saturation saturation,
      @DefaultValue Recovery recovery,
      @Nullable String durability,
      @Nullable String window) {}

  /**
   * Shares of the machine that may be used.
   *
   * @param cpu Share of the processors, such as 70%.
   * @param memory Share of the memory, such as 80%.
   * @param disk Share of the disk, such as 80%.
   */
  record Saturation(
      @Nullable String cpu,
      @Nullable String memory,
      @Nullable String disk) {}

  /**
   * How fast the service finds and mends a failure.
   *
   * @param detection Time until a failure is found, such as 30s; check intervals and breakers follow from it.
   * @param restore Time until the service is ready again, such as 5m.
   * @param rollback Time that a rollback may take, such as 5m.
   * @param rto Recovery time objective, such as 2h.
   * @param rpo Recovery point objective, such as 24h.
   */
  record Recovery(
      @Nullable String detection,
      @Nullable String restore,
      @Nullable String rollback,
      @Nullable String rto,
      @Nullable String rpo) {}

  /**
   * How long start and stop may take.
   *
   * @param start Time until the service must be ready, such as 2m.
   * @param preStop Time from unready until requests are refused, so that balancers see it, such as 5s.
   * @param drain Time that requests under way may take to finish, such as 20s.
   * @param grace Time after which the platform kills the process, such as 30s.
   */
  record Lifecycle(
      @Nullable String start,
      @Nullable String preStop,
      @Nullable String drain,
      @Nullable String grace) {}

  /**
   * How much traffic is expected.
   *
   * @param peak Requests at the busiest time, such as 200/s.
   */
  record Traffic(@Nullable String peak) {}

  /**
   * What a route promises otherwise than the service.
   *
   * @param errorRate Share of the route's valid requests that may fail.
   * @param latency Longest duration by quantile.
   */
  record Route(@Nullable String errorRate, @DefaultValue Map<String, String> latency) {}

  /**
   * Something that the service leans on.
   *
   * @param required Whether the service cannot serve without it; true by default.
   * @param url Address that is asked with GET whether the dependency works; 200 to 399 is healthy.
   * @param addresses Addresses that HTTP calls to it go to, such as http://payments or http://gateway/payments; by default the
   *     server of url.
   * @param availability The dependency's own promise, such as 99.95%.
   * @param latencyShare Share of the service's p99 that one call may use, such as 60%.
   * @param onFailure What its outage does to readiness: degrade or unready.
   * @param errorRate Share of calls that may fail while all is well.
   * @param failureRateThreshold Share of failed calls that opens the breaker; derived by default.
   * @param deadline Longest time that one call may take; derived by default.
   * @param idempotent Whether every call to it may be repeated without harm; false by default.
   */
  record Leaned(
      @Nullable Boolean required,
      @Nullable String url,
      @DefaultValue List<String> addresses,
      @Nullable String availability,
      @Nullable String latencyShare,
      @Nullable String onFailure,
      @Nullable String errorRate,
      @Nullable String failureRateThreshold,
      @Nullable String deadline,
      @Nullable Boolean idempotent) {}

  /**
   * Where health and metrics are served.
   *
   * @param port Port of the admin server; by default the management port if one is set, else the endpoints are served on the
   *     application's port.
   * @param address Address of this machine to listen on; all by default.
   * @param token Bearer token of those who may see details and change log levels, at least 16 characters; nobody by default.
   */
  record Admin(
      @Nullable Integer port,
      @Nullable String address,
      @Nullable String token) {}

  /**
   * Checks that beans get by themselves.
   *
   * @param dataSource Checks of data sources.
   * @param redis Checks of Redis.
   * @param rabbit Checks of RabbitMQ.
   * @param kafka Checks of Kafka.
   */
  record Checks(
      @DefaultValue DataSources dataSource,
      @DefaultValue Redis redis,
      @DefaultValue Rabbit rabbit,
      @DefaultValue Kafka kafka) {}

  /**
   * Checks of Redis.
   *
   * @param enabled Whether each RedisConnectionFactory bean becomes a dependency with a check.
   * @param names Names of the dependencies, by bean name; by default redis for a single one, else the bean's name without
   *     ConnectionFactory.
   */
  record Redis(
      @DefaultValue("true") boolean enabled, @DefaultValue Map<String, String> names) {}

  /**
   * Checks of RabbitMQ.
   *
   * @param enabled Whether each ConnectionFactory bean of Spring AMQP becomes a dependency with a check.
   * @param names Names of the dependencies, by bean name; by default rabbit for a single one, else the bean's name without
   *     ConnectionFactory.
   */
  record Rabbit(
      @DefaultValue("true") boolean enabled, @DefaultValue Map<String, String> names) {}

  /**
   * Checks of Kafka.
   *
   * @param enabled Whether each KafkaAdmin bean becomes a dependency with a check.
   * @param names Names of the dependencies, by bean name; by default kafka for a single one, else the bean's name without
   *     KafkaAdmin.
   */
  record Kafka(
      @DefaultValue("true") boolean enabled, @DefaultValue Map<String, String> names) {}

  /**
   * Calls to dependencies.
   *
   * @param enabled Whether HTTP clients that Boot's builders build are guarded and traced.
   */
  record Calls(@DefaultValue("true") boolean enabled) {}

  /**
   * Checks of data sources.
   *
   * @param enabled Whether each DataSource bean becomes a dependency with a check.
   * @param names Names of the dependencies, by bean name; by default db for a single one, else the bean's name without DataSource.
   */
  record DataSources(
      @DefaultValue("true") boolean enabled, @DefaultValue Map<String, String> names) {}

  /**
   * Log lines.
   *
   * @param json Whether lines are JSON; by default unless a profile dev, local or test is active, or
   *     logging.structured.format.console is set.
   * @param layout Names of the fields in JSON lines: nines, ecs or ecs-dotted; nines by default.
   * @param redact Further names of fields whose values are secret.
   */
  record Logging(
      @Nullable Boolean json,
      @Nullable String layout,
      @DefaultValue List<String> redact) {}

  /**
   * Metrics.
   *
   * @param maxSeries Most series that this instance may have; 10000 by default.
   * @param naming Names of the requests' histogram: otel for OpenTelemetry's, spring for Spring Boot's; otel by default.
   */
  record Metrics(@Nullable Integer maxSeries, @Nullable String naming) {}
}
