/**
 * May we deploy? {@link dev.nines.ops.gate.Gate} answers by what is left of the error budgets.
 *
 * <p>A deployment that goes wrong costs at most the time until that is seen and undone, {@code recovery.detection} and
 * {@code recovery.rollback}, of total failure. If less than that is left, the next mistake breaks a promise, so nobody should
 * make one: at the built-in targets that is 12.7 % of the budget for errors. Nor should anybody while an alert would page.
 *
 * <pre>{@code
 * Gate gate = Gate.through(PrometheusClient.at(prometheus), "job=\"checkout\"", targets);
 * if (gate.ask(Instant.now()).answer() != GateAnswer.OPEN) { … }
 * }</pre>
 */
@NullMarked
package dev.nines.ops.gate;

import org.jspecify.annotations.NullMarked;
