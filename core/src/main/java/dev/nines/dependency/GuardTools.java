package dev.nines.dependency;

import dev.nines.telemetry.EventBus;
import dev.nines.time.TimeSource;
import dev.nines.trace.Tracing;
import java.util.function.DoubleSupplier;

/**
 * What all guards of a service share.
 *
 * @param random evenly distributed in [0, 1); thread-safe
 */
record GuardTools(
    TimeSource time,
    Tracing tracing,
    EventBus events,
    CallListeners listeners,
    Watchdog watchdog,
    DoubleSupplier random) {}
