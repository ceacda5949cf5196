/**
 * Declared dependencies, their checks, and guarded calls to them.
 *
 * <p>A {@link dev.nines.dependency.Dependency} is declared once; its {@link dev.nines.dependency.Guard} is what the service
 * calls it through:
 *
 * <pre>{@code
 * Guard payments = nines.guard("payments");
 * Receipt receipt = payments.callOr(() -> client.charge(order), reason -> Receipt.pending(order, reason));
 * }</pre>
 *
 * <p>A call passes, always in this order:
 *
 * <ol>
 *   <li>the error budget, if {@linkplain dev.nines.dependency.Dependency#shedWhenExhausted declared};
 *   <li>the bulkhead, if {@code traffic.peak} is declared;
 *   <li>the total deadline, capped by what is left of an enclosing call's time;
 *   <li>if it is declared idempotent, up to three attempts within a budget of repetitions, and for each
 *   <li>the breaker;
 *   <li>the client span and the attempt's timeout;
 *   <li>the body.
 * </ol>
 *
 * <p>Every number comes from {@link dev.nines.derive.DependencySettings}.
 *
 * <p>The breaker's states:
 *
 * <pre>
 *            more failures or slow calls than chance,
 *            over more than a blip                        wait over, and a call or a passing check
 *   CLOSED ---------------------------------------> OPEN ---------------------------------------> HALF_OPEN
 *      ^                                             ^                                            |      |
 *      |                                             +--- more bad calls than chance, longer wait +      |
 *      +-------------- ten results, or after halfOpenTime a good one and none bad -----------------------+
 * </pre>
 *
 * <p>Counted as failures: exceptions (as declared), HTTP answers of 500 and above, missed deadlines. Counted as neither: calls
 * that the caller cancels or interrupts, that are refused before the breaker, or that were admitted before the breaker's state changed.
 */
@NullMarked
package dev.nines.dependency;

import org.jspecify.annotations.NullMarked;
