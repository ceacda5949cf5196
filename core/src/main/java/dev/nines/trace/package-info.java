/**
 * OpenTelemetry's set-up, W3C propagation, and context across threads.
 */
@NullMarked
package dev.nines.trace;

import org.jspecify.annotations.NullMarked;
