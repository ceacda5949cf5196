/**
 * What is wrong with the metrics that an instance exposes, found in the process itself: {@code GET /metrics/lint}.
 *
 * <table>
 *   <caption>Rules</caption>
 *   <tr><td>{@code help-missing base-unit unit-suffix unit-abbreviated counter-total total-reserved reserved-suffix
 *       reserved-label type-in-name reserved-colon snake-case}<td>Prometheus' rules for names,
 *       {@link dev.nines.telemetry.NamingRules}: all that {@code promtool check metrics} finds
 *   <tr><td>{@code name-collision}<td>two metrics of one name, or one named like a part of another
 *   <tr><td>{@code inconsistent-labels}<td>series of one metric with different labels
 *   <tr><td>{@code target-label}<td>a label that Prometheus puts on each target
 *   <tr><td>{@code unbounded-label}<td>a label whose name or values are those of users, requests or addresses, or that has
 *       very many values
 *   <tr><td>{@code same-requests}<td>two instrumentations of the same requests
 *   <tr><td>{@code series-budget}<td>the declared maximum of series is near, or was passed
 * </table>
 *
 * <pre>{@code
 * curl -H 'Authorization: Bearer …' localhost:8081/metrics/lint
 * curl -H 'Accept: text/plain' -H 'Authorization: Bearer …' localhost:8081/metrics/lint
 * }</pre>
 */
@NullMarked
package dev.nines.metrics.lint;

import org.jspecify.annotations.NullMarked;
