/**
 * The verdict on a deployment: {@link dev.nines.ops.verdict.DeploymentWatch} looks at it for some minutes and says what became
 * of it.
 *
 * <pre>
 *   smoke tests -> the version is there -> warm-up -> looks, every few seconds -> the end
 *        |                                               |                        |
 *     FAILED                                   a promise is shown to be    all shown to be kept?
 *                                              kept worse than before      SUCCESS, else
 *                                              FAILED, at once             INCONCLUSIVE
 *                                                   |
 *                                              with a command: ROLLED_BACK
 * </pre>
 *
 * <p>Each promise is compared, the error rate and the shares of requests over each latency target: after against before, or a
 * candidate against the baseline beside it. A share has become worse if it is shown to be above one and a half times what it
 * was, and above a tenth of what is allowed; the bounds hold at all looks at once, and all comparisons together raise a false
 * alarm in at most one watch of a hundred ({@code ConfidenceSequence}). A deployment is a success if each share of the
 * service as a whole is shown, with 99 % confidence, to be within its target, or within twice what it was before.
 *
 * <pre>{@code
 * Verdict verdict = DeploymentWatch.instances(addresses, ReliabilityTargets.load(), "checkout")
 *     .version("1.4.2")
 *     .rollbackCommand("kubectl rollout undo deployment/checkout")
 *     .progress(System.err::println)
 *     .run();
 * System.exit(verdict.exitCode());
 * }</pre>
 */
@NullMarked
package dev.nines.ops.verdict;

import org.jspecify.annotations.NullMarked;
