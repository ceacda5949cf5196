package dev.nines.health;

import java.time.Duration;
import java.time.Instant;

/**
 * The instance began to ask for traffic, or ceased to. Immutable.
 *
 * @param ready whether it asks for traffic now
 * @param at when the change was seen
 * @param lasted how long the state before held
 * @param reasons what stands against traffic, for logs; may hold addresses, so not for strangers; empty when ready
 * @param flapping whether it goes to and fro so often that the log reports only that
 */
public record ReadinessChange(
    boolean ready, Instant at, Duration lasted, String reasons, boolean flapping) {}
