package dev.nines.derive;

import java.time.Duration;

/**
 * When health checks run and what their results mean, derived from the detection target.
 *
 * @param interval time between two runs, before jitter
 * @param jitter share of the interval by which a run may come sooner or later: 0.1
 * @param timeout hard limit of one run
 * @param failuresToUnhealthy failures in a row that make a check unhealthy
 * @param successesToHealthy successes in a row that make it healthy again
 * @param worstCase longest time from a fault to the check's unhealthy state
 * @param staleAfter age from which a snapshot is itself unhealthy
 */
public record CheckTimings(
    Duration interval,
    double jitter,
    Duration timeout,
    int failuresToUnhealthy,
    int successesToHealthy,
    Duration worstCase,
    Duration staleAfter) {}
