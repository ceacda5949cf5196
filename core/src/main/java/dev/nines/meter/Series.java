package dev.nines.meter;

import dev.nines.telemetry.Metric;

/** Makes the handle of one series, and publishes it. */
@FunctionalInterface
interface Series<M> {

  M publish(Metric metric, String... labelValues);
}
