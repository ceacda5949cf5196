package dev.nines.health;

import java.time.Duration;
import java.time.Instant;

/**
 * One part of the service went from one condition to another. Immutable.
 *
 * @param check name of the check or the dependency
 * @param domain who else is hit
 * @param from what held
 * @param to what holds
 * @param at when the change was seen
 * @param lasted how long {@code from} held
 * @param message what the last result said, for logs; may hold addresses, so not for strangers
 * @param flapping whether it goes to and fro so often that the log reports only that
 */
public record CheckChange(
    String check,
    FailureDomain domain,
    Condition from,
    Condition to,
    Instant at,
    Duration lasted,
    String message,
    boolean flapping) {}
