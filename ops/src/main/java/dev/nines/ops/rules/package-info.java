/**
 * Prometheus: recording rules, alerts, and unit tests of them, in two forms: for one service with its numbers written out,
 * and for a fleet, where each service's numbers are read from what it exports.
 *
 * <p>Numerator and denominator are recorded apart. Windows over 5 minutes are sums of recorded 5-minute increases. What a
 * window has not seen counts as good time with the traffic that was seen, so that a service which is five minutes old does
 * not page for half a minute of errors.
 */
@NullMarked
package dev.nines.ops.rules;

import org.jspecify.annotations.NullMarked;
