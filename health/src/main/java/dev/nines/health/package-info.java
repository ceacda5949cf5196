/**
 * Health: background checks of what a service leans on, and the endpoints that tell of them.
 *
 * <p>{@link dev.nines.health.HealthEndpoints} is the way in:
 *
 * <pre>{@code
 * Nines.builder("checkout")
 *     .dependency(Dependency.required("orders-db", Checks.jdbc(dataSource)))
 *     .install(HealthEndpoints.standard())
 * }</pre>
 *
 * <h2>How it works</h2>
 *
 * <p>Each check has threads of its own and is asked at the derived interval, with a hard deadline. One thread, the
 * scheduler, starts attempts and ends those that overstay; it never waits for one. The endpoints only read memory, so a
 * hanging database makes them neither slow nor wrong.
 *
 * <h2>Conditions of a check</h2>
 *
 * <table>
 * <caption>From one condition to the next</caption>
 * <tr><th>condition</th><th>means</th><th>left when</th></tr>
 * <tr><td>unknown</td><td>nothing is proven yet</td><td>one result is not unhealthy, or two in a row are</td></tr>
 * <tr><td>healthy</td><td>it works</td><td>two results in a row are not healthy</td></tr>
 * <tr><td>degraded</td><td>it works, with a caveat</td><td>two in a row are unhealthy, or healthy</td></tr>
 * <tr><td>unhealthy</td><td>it fails, does not answer in time, or the last result is too old</td>
 *     <td>two in a row are not unhealthy</td></tr>
 * </table>
 *
 * <h2>An attempt that hangs</h2>
 *
 * <p>At its deadline an attempt has failed: its thread is interrupted, what it registered with
 * {@link dev.nines.dependency.CheckRun#onAbort} is called, and a result that still comes is ignored. A thread that does
 * not return stays behind, and from the next tick one replacement runs beside it, so that the check recovers though the
 * first never returns. When two are stuck, no third is started, and each tick counts as failed until one returns.
 *
 * <h2>From checks to readiness</h2>
 *
 * <p>An unhealthy component whose failure means {@code UNREADY} (a required dependency by default, a full disk, a
 * deadlock) makes the service unhealthy and unready; any other only degrades it. An open breaker degrades and never does
 * more. Before the first result, what gates readiness holds it back.
 */
@NullMarked
package dev.nines.health;

import org.jspecify.annotations.NullMarked;
