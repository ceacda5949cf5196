/**
 * OpenTelemetry's collector, between the service and whoever keeps its traces.
 */
@NullMarked
package dev.nines.ops.collector;

import org.jspecify.annotations.NullMarked;
