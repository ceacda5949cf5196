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
 * <p>The order of a call: what is left of an enclosing call's time, the breaker, the client span, the deadline, the body.
 * Every number comes from {@link dev.nines.derive.DependencySettings}.
 *
 * <p>The breaker's states:
 *
 * <pre>
 *            more failures or slow calls than chance,
 *            over more than a blip                        wait over, and a call or a passing check
 *   CLOSED ---------------------------------------> OPEN ---------------------------------------> HALF_OPEN
 *      ^                                             ^                                            |      |
 *      |                                             +------------ second bad call, longer wait --+      |
 *      +------------- ten good calls, or one after halfOpenTime, and none bad ---------------------------+
 * </pre>
 *
 * <p>Counted as failures: exceptions (as declared), HTTP answers of 500 and above, missed deadlines. Counted as neither: calls
 * that the caller cancels or interrupts, and calls that were admitted before the breaker's state changed.
 */
@NullMarked
package dev.nines.dependency;

import org.jspecify.annotations.NullMarked;
