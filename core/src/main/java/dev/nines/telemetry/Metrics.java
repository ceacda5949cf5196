package dev.nines.telemetry;

import java.util.List;

/**
 * The catalogue: every metric that Nines publishes. Documentation and generators read it, so a name stands nowhere else.
 */
public final class Metrics {

  public static final Metric SERVER_DURATION = Metric.histogram(
          "http_server_request_duration_seconds",
          "seconds",
          "Duration of HTTP requests served; only those that went well have no error_type.",
          "http_request_method",
          "http_route",
          "http_response_status_code",
          "error_type")
      .atMost(
          "routes, at most 1,000, × methods × statuses × error types; these at most 53, none among them")
      .ask(p99("http_route", "http_server_request_duration_seconds"));
  public static final Metric SERVER_ACTIVE = Metric.gauge(
          "http_server_active_requests", "", "HTTP requests being served now.")
      .ask("sum(http_server_active_requests)");
  public static final Metric REQUEST_BODY_SIZE = Metric.histogram(
          "http_server_request_body_size_bytes",
          "bytes",
          "Bytes read of the bodies of HTTP requests.",
          "http_route")
      .atMost("routes, at most 1,000")
      .ask("sum by (http_route) (rate(http_server_request_body_size_bytes_sum[5m]))");
  public static final Metric RESPONSE_BODY_SIZE = Metric.histogram(
          "http_server_response_body_size_bytes",
          "bytes",
          "Bytes written of the bodies of HTTP responses.",
          "http_route")
      .atMost("routes, at most 1,000")
      .ask("sum by (http_route) (rate(http_server_response_body_size_bytes_sum[5m]))");
  public static final Metric ERRORS = Metric.counter(
          "nines_errors_total",
          "Requests that went wrong, by what brought it about; client aborts are outside the budget.",
          "kind",
          "route_class")
      .atMost("6 kinds × route classes")
      .ask("sum by (kind) (rate(nines_errors_total[5m]))");
  public static final Metric CLIENT_DURATION = Metric.histogram(
          "http_client_request_duration_seconds",
          "seconds",
          "Duration of HTTP requests made to a dependency.",
          "dependency",
          "http_request_method",
          "http_response_status_code",
          "error_type")
      .atMost("dependencies × methods × statuses × error types; these at most 52, none among them")
      .ask(p99("dependency", "http_client_request_duration_seconds"));
  public static final Metric CALL_DURATION = Metric.histogram(
          "nines_call_duration_seconds",
          "seconds",
          "Duration of guarded calls to a dependency.",
          "dependency",
          "outcome")
      .atMost("dependencies × 4 outcomes of calls that were made")
      .ask(p99("dependency", "nines_call_duration_seconds"));
  public static final Metric CALLS = Metric.counter(
          "nines_calls_total",
          "Guarded calls, by how they ended; shed ones were not made, to spare the error budget.",
          "dependency",
          "outcome")
      .atMost("dependencies × 8 outcomes")
      .ask("sum by (dependency, outcome) (rate(nines_calls_total[5m]))");
  public static final Metric DEADLINE_OVERRUNS = Metric.counter(
          "nines_deadline_overruns_total",
          "Calls that did not react to the interrupt at their deadline.",
          "dependency")
      .atMost("dependencies")
      .ask("sum by (dependency) (increase(nines_deadline_overruns_total[1h]))");
  public static final Metric RETRIES = Metric.counter(
          "nines_retries_total",
          "Failed calls that were declared idempotent: how many were tried again, and why the others were not.",
          "dependency",
          "decision")
      .atMost("dependencies × 6 decisions")
      .ask("sum by (dependency, decision) (rate(nines_retries_total[5m]))");
  public static final Metric BULKHEAD_USED = Metric.gauge(
          "nines_bulkhead_used_ratio",
          "ratio",
          "Calls under way, as a share of those that the bulkhead allows; only where traffic.peak is declared.",
          "dependency")
      .atMost("dependencies")
      .ask("max by (dependency) (nines_bulkhead_used_ratio)");
  public static final Metric BREAKER_STATE = Metric.gauge(
          "nines_breaker_state",
          "",
          "State of a dependency's breaker: 1 for the present one, else 0.",
          "dependency",
          "state")
      .atMost("dependencies × 3 states")
      .ask("sum by (dependency) (nines_breaker_state{state=\"open\"})");

  public static final Metric DB_OPERATION_DURATION = Metric.histogram(
          "db_client_operation_duration_seconds",
          "seconds",
          "Duration of queries and commands, as the client sees them.",
          "dependency",
          "db_system_name",
          "db_operation_name",
          "error_type")
      .atMost(
          "watched databases × operations × error types; 24 operations of SQL or the commands of"
              + " Redis; error types at most 52, none among them")
      .ask(p99("dependency", "db_client_operation_duration_seconds"));
  public static final Metric SLOW_QUERIES = Metric.counter(
          "nines_slow_queries_total",
          "Queries that took longer than the dependency's share of the promised latency.",
          "dependency")
      .atMost("watched data sources")
      .ask("sum by (dependency) (increase(nines_slow_queries_total[1h]))");
  public static final Metric DB_CONNECTIONS = Metric.gauge(
          "db_client_connections",
          "",
          "Connections of a pool, in use or idle.",
          "db_client_connection_pool_name",
          "db_client_connection_state")
      .atMost("pools × 2 states")
      .ask("sum by (db_client_connection_pool_name, db_client_connection_state)"
          + " (db_client_connections)");
  public static final Metric DB_CONNECTION_MAX = Metric.gauge(
          "db_client_connection_max",
          "",
          "Most connections that a pool may open.",
          "db_client_connection_pool_name")
      .atMost("pools")
      .ask("sum by (db_client_connection_pool_name) (db_client_connection_max)");
  public static final Metric DB_CONNECTION_PENDING = Metric.gauge(
          "db_client_connection_pending_requests",
          "",
          "Threads that wait for a connection of a pool.",
          "db_client_connection_pool_name")
      .atMost("pools")
      .ask("sum by (db_client_connection_pool_name) (db_client_connection_pending_requests)");
  public static final Metric DB_CONNECTION_TIMEOUTS = Metric.counter(
          "db_client_connection_timeouts_total",
          "Threads that waited for a connection of a pool in vain.",
          "db_client_connection_pool_name")
      .atMost("pools")
      .ask("sum by (db_client_connection_pool_name)"
          + " (increase(db_client_connection_timeouts_total[1h]))");
  public static final Metric DB_CONNECTION_WAIT = Metric.histogram(
          "db_client_connection_wait_time_seconds",
          "seconds",
          "Time that threads waited for a connection of a pool.",
          "db_client_connection_pool_name")
      .atMost("pools")
      .ask(p99("db_client_connection_pool_name", "db_client_connection_wait_time_seconds"));
  public static final Metric DB_CONNECTION_USE = Metric.histogram(
          "db_client_connection_use_time_seconds",
          "seconds",
          "Time for which connections of a pool were kept before they came back.",
          "db_client_connection_pool_name")
      .atMost("pools")
      .ask(p99("db_client_connection_pool_name", "db_client_connection_use_time_seconds"));
  public static final Metric DB_CONNECTION_CREATE = Metric.histogram(
          "db_client_connection_create_time_seconds",
          "seconds",
          "Time that opening a connection of a pool took.",
          "db_client_connection_pool_name")
      .atMost("pools")
      .ask(p99("db_client_connection_pool_name", "db_client_connection_create_time_seconds"));
  public static final Metric REDIS_COMMANDS = Metric.counter(
          "redis_commands_processed_total",
          "Commands that a Redis server has processed, whoever sent them.",
          "dependency")
      .atMost("watched servers")
      .ask("sum by (dependency) (rate(redis_commands_processed_total[5m]))");
  public static final Metric CACHE_REQUESTS = Metric.counter(
          "nines_cache_requests_total", "Look-ups in a cache.", "cache", "result")
      .atMost("caches × 2 results")
      .ask("sum by (cache, result) (rate(nines_cache_requests_total[5m]))");
  public static final Metric CACHE_HIT_RATIO = Metric.gauge(
          "nines_cache_hit_ratio",
          "ratio",
          "Share of the look-ups of about the last minute that found something.",
          "cache")
      .atMost("caches")
      .ask("avg by (cache) (nines_cache_hit_ratio)");
  public static final Metric CACHE_EVICTIONS = Metric.counter(
          "nines_cache_evictions_total", "Entries that a cache gave up for want of room.", "cache")
      .atMost("caches")
      .ask("sum by (cache) (rate(nines_cache_evictions_total[5m]))");
  public static final Metric CACHE_ENTRIES = Metric.gauge(
          "nines_cache_entries", "", "Entries that a cache holds.", "cache")
      .atMost("caches")
      .ask("avg by (cache) (nines_cache_entries)");
  public static final Metric EXECUTOR_TASKS = Metric.gauge(
          "nines_executor_tasks",
          "",
          "Tasks of an executor, active or queued.",
          "executor",
          "state")
      .atMost("executors × 2 states")
      .ask("sum by (executor, state) (nines_executor_tasks)");
  public static final Metric EXECUTOR_COMPLETED = Metric.counter(
          "nines_executor_completed_total", "Tasks that an executor has completed.", "executor")
      .atMost("executors")
      .ask("sum by (executor) (rate(nines_executor_completed_total[5m]))");
  public static final Metric QUEUE_ITEMS = Metric.gauge(
          "nines_queue_items", "", "Items that a queue holds.", "queue")
      .atMost("queues")
      .ask("sum by (queue) (nines_queue_items)");
  public static final Metric MESSAGE_DURATION = Metric.histogram(
          "messaging_process_duration_seconds",
          "seconds",
          "Duration of processing one message.",
          "messaging_system",
          "messaging_destination_name",
          "error_type")
      .atMost("consumers × error types; these at most 52, none among them")
      .ask(p99("messaging_destination_name", "messaging_process_duration_seconds"));
  public static final Metric CONSUMER_LAG = Metric.gauge(
          "nines_consumer_lag_messages",
          "messages",
          "Messages that a group of consumers has yet to commit.",
          "messaging_consumer_group_name",
          "messaging_destination_name")
      .atMost("groups × destinations declared")
      .ask("max by (messaging_consumer_group_name, messaging_destination_name)"
          + " (nines_consumer_lag_messages)");

  public static final Metric BUILD_INFO = Metric.gauge(
          "nines_build_info", "", "What runs here; always 1.", "service", "version", "environment")
      .atMost("1")
      .ask("count by (service, version, environment) (nines_build_info)");
  public static final Metric TARGET = Metric.gauge(
          "nines_target_ratio",
          "ratio",
          "Share of good events that is promised.",
          "objective",
          "route_class")
      .atMost("objectives × route classes")
      .ask("max by (objective, route_class) (nines_target_ratio)");
  public static final Metric REQUESTS_GOOD = Metric.counter(
          "nines_requests_good_total",
          "Valid requests that kept the objective.",
          "objective",
          "route_class")
      .atMost("objectives × route classes")
      .ask("sum by (objective, route_class) (rate(nines_requests_good_total[5m]))");
  public static final Metric REQUESTS_BAD = Metric.counter(
          "nines_requests_bad_total",
          "Valid requests that broke the objective.",
          "objective",
          "route_class")
      .atMost("objectives × route classes")
      .ask("sum by (objective, route_class) (increase(nines_requests_bad_total[1h]))"
          + " / sum by (objective, route_class) (increase(nines_requests_bad_total[1h])"
          + " + increase(nines_requests_good_total[1h]))");
  public static final Metric REQUESTS_SLOW = Metric.counter(
          "nines_requests_slow_total",
          "Valid requests that were slower than 4 × what the objective promises.",
          "objective",
          "route_class")
      .atMost("latency objectives × route classes")
      .ask("sum by (objective, route_class) (increase(nines_requests_slow_total[1h]))");
  public static final Metric BUDGET_REMAINING = Metric.gauge(
          "nines_error_budget_remaining_ratio",
          "ratio",
          "Share of the error budget that this instance has left over the window; below 0 when overspent.",
          "objective",
          "route_class")
      .atMost("objectives × route classes")
      .ask("min by (objective, route_class) (nines_error_budget_remaining_ratio)");
  public static final Metric BURN_RATE = Metric.gauge(
          "nines_burn_rate_ratio",
          "ratio",
          "How many times faster than allowed this instance spends the budget.",
          "objective",
          "route_class",
          "window")
      .atMost("objectives × route classes × 6 windows")
      .ask("max by (objective, route_class) (nines_burn_rate_ratio{window=\"1h\"})");
  public static final Metric BUDGET_COVERAGE = Metric.gauge(
          "nines_budget_coverage_ratio",
          "ratio",
          "Share of the budget's window that this instance has seen.")
      .ask("min(nines_budget_coverage_ratio)");
  public static final Metric BUDGET_STATE = Metric.gauge(
          "nines_error_budget_state",
          "",
          "State of this instance's error budget: 1 for the present one, else 0.",
          "state")
      .atMost("3 states")
      .ask("sum by (state) (nines_error_budget_state)");
  public static final Metric EXCHANGES = Metric.counter(
          "nines_exchanges_total",
          "Requests that ended, by outcome, client aborts included.",
          "outcome")
      .atMost("5 outcomes")
      .ask("sum by (outcome) (rate(nines_exchanges_total[5m]))");
  public static final Metric ROUTES_FOLDED = Metric.counter(
          "nines_routes_folded_total",
          "Requests counted under _OTHER because the bound on routes was reached.")
      .ask("sum(increase(nines_routes_folded_total[1h]))");

  public static final Metric READY = Metric.gauge(
          "nines_ready", "", "1 while this instance asks for traffic, else 0.")
      .ask("max(nines_ready)");
  public static final Metric CHECK_STATUS = Metric.gauge(
          "nines_check_status",
          "",
          "State of a health check: 1 for the present one, else 0.",
          "check",
          "state")
      .atMost("checks × states")
      .ask("sum by (check) (nines_check_status{state=\"unhealthy\"})");
  public static final Metric CHECK_STUCK = Metric.gauge(
          "nines_check_stuck_threads",
          "",
          "Threads of a health check that have not returned from their interrupt.",
          "check")
      .atMost("checks")
      .ask("max by (check) (nines_check_stuck_threads)");
  public static final Metric CHECK_CHANGES = Metric.counter(
          "nines_check_changes_total",
          "Changes of a check or dependency into a state, its breaker included.",
          "check",
          "state")
      .atMost("checks × states")
      .ask("sum by (check, state) (increase(nines_check_changes_total[1h]))");
  public static final Metric CHECK_FLAPPING = Metric.gauge(
          "nines_check_flapping",
          "",
          "1 while a check goes to and fro so often that single changes are not logged, else 0.",
          "check")
      .atMost("checks")
      .ask("max by (check) (nines_check_flapping)");
  public static final Metric READINESS_CHANGES = Metric.counter(
          "nines_readiness_changes_total",
          "Changes of this instance into ready or unready; the drain is none.",
          "state")
      .atMost("2")
      .ask("sum by (state) (increase(nines_readiness_changes_total[1h]))");
  public static final Metric READINESS_FLAPPING = Metric.gauge(
          "nines_readiness_flapping",
          "",
          "1 while readiness goes to and fro so often that single changes are not logged, else 0.")
      .ask("max(nines_readiness_flapping)");
  public static final Metric DETECTION = Metric.gauge(
          "nines_detection_seconds",
          "seconds",
          "Time in which the last failure of a check was found, at most: from the begin of the last good run; 0"
              + " before the first.",
          "check")
      .atMost("checks")
      .ask("max by (check) (nines_detection_seconds)");
  public static final Metric DETECTION_MAX = Metric.gauge(
          "nines_detection_max_seconds",
          "seconds",
          "The longest such time since the start; 0 before the first.",
          "check")
      .atMost("checks")
      .ask("max by (check) (nines_detection_max_seconds)");
  public static final Metric DETECTIONS = Metric.counter(
          "nines_detections_total",
          "Failures of a check that were found within the detection target, or after it.",
          "check",
          "result")
      .atMost("checks × 2")
      .ask("sum by (check, result) (increase(nines_detections_total[1d]))");
  public static final Metric RECOVERY = Metric.gauge(
          "nines_recovery_seconds",
          "seconds",
          "Length of the last unready period that is over; 0 before the first.")
      .ask("max(nines_recovery_seconds)");
  public static final Metric RECOVERY_MAX = Metric.gauge(
          "nines_recovery_max_seconds",
          "seconds",
          "Length of the longest such period since the start; 0 before the first.")
      .ask("max(nines_recovery_max_seconds)");
  public static final Metric RECOVERIES = Metric.counter(
          "nines_recoveries_total",
          "Unready periods that ended, by what was promised: within restore, within the RTO, over it.",
          "result")
      .atMost("3")
      .ask("sum by (result) (increase(nines_recoveries_total[1d]))");
  public static final Metric UNREADY = Metric.gauge(
          "nines_unready_seconds",
          "seconds",
          "Length of the present unready period so far; 0 while ready, in start and in drain.")
      .ask("max(nines_unready_seconds)");
  public static final Metric RECOVERY_TARGET = Metric.gauge(
          "nines_recovery_target_seconds",
          "seconds",
          "What is promised of recovery: detection, restore, rollback, RTO, RPO.",
          "target")
      .atMost("5")
      .ask("max by (target) (nines_recovery_target_seconds)");
  public static final Metric WARMUPS = Metric.counter(
          "nines_warmups_total",
          "Warm-up tasks, by what happened: done, failed, abandoned at the limit, done after that.",
          "task",
          "outcome")
      .atMost("warm-ups × 4 outcomes")
      .ask("sum by (task, outcome) (nines_warmups_total)");
  public static final Metric WARMUP_DURATION = Metric.gauge(
          "nines_warmup_duration_seconds",
          "seconds",
          "Time that a warm-up task took until it ended or was abandoned; 0 before.",
          "task")
      .atMost("warm-ups")
      .ask("max by (task) (nines_warmup_duration_seconds)");
  public static final Metric CERTIFICATE_EXPIRY = Metric.gauge(
          "nines_certificate_expiry_timestamp_seconds",
          "seconds",
          "When the first certificate that a check watches ends, in seconds since 1970.",
          "check")
      .atMost("checks of certificates")
      .ask("min by (check) (nines_certificate_expiry_timestamp_seconds) - time()");
  public static final Metric BACKUP_AGE = Metric.gauge(
          "nines_backup_age_seconds",
          "seconds",
          "Time since the newest good backup that a check knows of was taken.",
          "check")
      .atMost("checks of backups")
      .ask("min by (check) (nines_backup_age_seconds)");
  public static final Metric SECRET_AGE = Metric.gauge(
          "nines_secret_age_seconds",
          "seconds",
          "Time since the secret that a check watches was made.",
          "check")
      .atMost("checks of secrets")
      .ask("max by (check) (nines_secret_age_seconds)");
  public static final Metric REPLICATION_LAG = Metric.gauge(
          "nines_replication_lag_seconds",
          "seconds",
          "How far the copy of the data that a check watches lies behind; not a number while it cannot be told.",
          "check")
      .atMost("checks of replication")
      .ask("max by (check) (nines_replication_lag_seconds)");
  public static final Metric SATURATION = Metric.gauge(
          "nines_saturation_ratio", "ratio", "How full a resource is: 1 at its limit.", "resource")
      .atMost("9 of the process, and one or two for each pool, executor, queue or server watched")
      .ask("max by (resource) (nines_saturation_ratio)");
  public static final Metric SATURATION_TARGET = Metric.gauge(
          "nines_saturation_target_ratio",
          "ratio",
          "How full a resource may be, as declared.",
          "resource")
      .atMost("3")
      .ask("max by (resource) (nines_saturation_target_ratio)");
  public static final Metric NETWORK_IO = Metric.counter(
          "system_network_io_bytes_total",
          "Bytes that the network interfaces carried, the loopback apart.",
          "network_io_direction")
      .in("bytes")
      .atMost("2 directions")
      .ask("sum by (network_io_direction) (rate(system_network_io_bytes_total[5m]))");
  public static final Metric NETWORK_ERRORS = Metric.counter(
          "system_network_errors_total",
          "Packets that the network interfaces received broken or could not send.",
          "network_io_direction")
      .atMost("2 directions")
      .ask("sum by (network_io_direction) (rate(system_network_errors_total[5m]))");
  public static final Metric NETWORK_DROPPED = Metric.counter(
          "system_network_packet_dropped_total",
          "Packets for which the network interfaces had no room.",
          "network_io_direction")
      .atMost("2 directions")
      .ask("sum by (network_io_direction) (rate(system_network_packet_dropped_total[5m]))");
  public static final Metric TELEMETRY_DROPPED = Metric.counter(
          "nines_telemetry_dropped_total",
          "Spans, log events, listener calls and measurements that were lost.",
          "signal")
      .atMost("kinds of telemetry, some 5")
      .ask("sum by (signal) (increase(nines_telemetry_dropped_total[1h]))");
  public static final Metric TENANT_REQUESTS = Metric.counter(
          "nines_tenant_requests_total",
          "Requests that ended, by tenant and outcome; the tenants beyond the busiest are _OTHER.",
          "tenant",
          "outcome")
      .atMost("2 × the tenants declared + 1, × 5 outcomes; none while tenants are off")
      .ask("topk(10, sum by (tenant) (rate(nines_tenant_requests_total[5m])))");
  public static final Metric TENANT_DURATION = Metric.histogram(
          "nines_tenant_request_duration_seconds",
          "seconds",
          "Duration of the requests of a tenant that were no errors.",
          "tenant")
      .atMost("2 × the tenants declared + 1; none while tenants are off")
      .ask(p99("tenant", "nines_tenant_request_duration_seconds"));
  public static final Metric SERIES = Metric.gauge(
          "nines_series", "", "Series that this instance exposes.")
      .ask("max(nines_series / nines_series_limit)");
  public static final Metric SERIES_LIMIT = Metric.gauge(
          "nines_series_limit", "", "Declared maximum of series.")
      .ask("max(nines_series_limit)");
  public static final Metric SERIES_REFUSED = Metric.counter(
          "nines_series_refused_total",
          "New series that became _OTHER, or nothing, because the maximum was reached.")
      .ask("sum(increase(nines_series_refused_total[1h]))");
  public static final Metric LABELS_FOLDED = Metric.counter(
          "nines_labels_folded_total",
          "Look-ups of a series that became _OTHER because a label's bound was reached.",
          "metric")
      .atMost("metrics of the service's own with labels")
      .ask("sum by (metric) (increase(nines_labels_folded_total[1h]))");
  public static final Metric AUDIT_RECORDS = Metric.counter(
          "nines_audit_records_total",
          "Records for the audit log: written ones, and ones that failed.",
          "result")
      .atMost("2")
      .ask("sum by (result) (increase(nines_audit_records_total[1h]))");
  public static final Metric PROCESS_START = Metric.gauge(
          "process_start_time_seconds",
          "seconds",
          "When the process started, in seconds since 1970.")
      .ask("time() - max(process_start_time_seconds)");

  private static final List<Metric> ALL = List.of(
      SERVER_DURATION,
      SERVER_ACTIVE,
      REQUEST_BODY_SIZE,
      RESPONSE_BODY_SIZE,
      ERRORS,
      CLIENT_DURATION,
      CALL_DURATION,
      CALLS,
      DEADLINE_OVERRUNS,
      RETRIES,
      BULKHEAD_USED,
      BREAKER_STATE,
      DB_OPERATION_DURATION,
      SLOW_QUERIES,
      DB_CONNECTIONS,
      DB_CONNECTION_MAX,
      DB_CONNECTION_PENDING,
      DB_CONNECTION_TIMEOUTS,
      DB_CONNECTION_WAIT,
      DB_CONNECTION_USE,
      DB_CONNECTION_CREATE,
      REDIS_COMMANDS,
      CACHE_REQUESTS,
      CACHE_HIT_RATIO,
      CACHE_EVICTIONS,
      CACHE_ENTRIES,
      EXECUTOR_TASKS,
      EXECUTOR_COMPLETED,
      QUEUE_ITEMS,
      MESSAGE_DURATION,
      CONSUMER_LAG,
      BUILD_INFO,
      TARGET,
      REQUESTS_GOOD,
      REQUESTS_BAD,
      REQUESTS_SLOW,
      BUDGET_REMAINING,
      BURN_RATE,
      BUDGET_COVERAGE,
      BUDGET_STATE,
      EXCHANGES,
      ROUTES_FOLDED,
      READY,
      CHECK_STATUS,
      CHECK_STUCK,
      CHECK_CHANGES,
      CHECK_FLAPPING,
      READINESS_CHANGES,
      READINESS_FLAPPING,
      DETECTION,
      DETECTION_MAX,
      DETECTIONS,
      RECOVERY,
      RECOVERY_MAX,
      RECOVERIES,
      UNREADY,
      RECOVERY_TARGET,
      WARMUPS,
      WARMUP_DURATION,
      CERTIFICATE_EXPIRY,
      BACKUP_AGE,
      SECRET_AGE,
      REPLICATION_LAG,
      SATURATION,
      SATURATION_TARGET,
      NETWORK_IO,
      NETWORK_ERRORS,
      NETWORK_DROPPED,
      TELEMETRY_DROPPED,
      TENANT_REQUESTS,
      TENANT_DURATION,
      SERIES,
      SERIES_LIMIT,
      SERIES_REFUSED,
      LABELS_FOLDED,
      AUDIT_RECORDS,
      PROCESS_START);

  private Metrics() {}

  /** Returns every metric, in the order in which an operator meets them. */
  public static List<Metric> all() {
    return ALL;
  }

  private static String p99(String label, String histogram) {
    return "histogram_quantile(0.99, sum by (" + label + ", le) (rate(" + histogram
        + "_bucket[5m])))";
  }
}
