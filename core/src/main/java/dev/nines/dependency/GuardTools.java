package dev.nines.dependency;

import dev.nines.budget.BudgetState;
import dev.nines.telemetry.EventBus;
import dev.nines.time.TimeSource;
import dev.nines.trace.Tracing;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * What all guards of a service share.
 *
 * @param budget how the service's error budget stands; asked for each call that may be shed, and for each repetition
 * @param random evenly distributed in [0, 1); thread-safe
 */
record GuardTools(
    Supplier<BudgetState> budget,
    TimeSource time,
    Tracing tracing,
    EventBus events,
    CallListeners listeners,
    Watchdog watchdog,
    DoubleSupplier random,
    Pause pause) {}
