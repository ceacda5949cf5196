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
 * <p>An unready instance gets no traffic. That helps when another instance can take it, and only then. So what counts is
 * the failure domain, and it is told apart by where a check is registered:
 *
 * <table>
 * <caption>Where a check is registered, and what its failure does</caption>
 * <tr><th>registered with</th><th>failure domain</th><th>failed, it makes the instance</th></tr>
 * <tr><td>{@link dev.nines.health.HealthEndpoints#live}, {@link dev.nines.health.HealthEndpoints#instance}, and by itself
 *     disk and deadlock</td><td>instance</td><td>unready: the others can serve</td></tr>
 * <tr><td>a required {@link dev.nines.dependency.Dependency}</td><td>shared</td><td>unready; degraded if declared
 *     {@code onFailure: degrade}</td></tr>
 * <tr><td>an optional dependency</td><td>shared</td><td>degraded</td></tr>
 * <tr><td>{@link dev.nines.health.HealthEndpoints#check}</td><td>instance if a
 *     {@link dev.nines.dependency.LocalCheck}, else shared</td><td>degraded, unless it says otherwise</td></tr>
 * <tr><td>by itself: processor, memory, broken targets</td><td>instance</td><td>degraded</td></tr>
 * </table>
 *
 * <p>A pool without free connections is the instance's own, though a database is behind it: another instance has its own
 * pool. When the database is dead, the pool runs dry too, and only a check that looks behind the pool tells the two apart:
 *
 * <pre>{@code
 * builder.dependency(Dependency.required("orders-db", PoolChecks.database(pool)).onFailure(OnFailure.DEGRADE))
 *     .install(HealthEndpoints.standard().instance("orders-pool", PoolChecks.pool(pool, target)));
 * }</pre>
 *
 * <h2>The danger of each choice for the whole fleet</h2>
 *
 * <p><b>{@code onFailure: unready}</b>, the default of a required dependency. It is shared, so when it goes down all
 * instances turn unready within the same detection time, and the load balancer has nobody left: clients get its own bare
 * 503, or no connection, instead of this service's answers; routes that never needed the dependency go down with it; a
 * balancer that then sends to all (fail open) undoes the choice; and when it is back all instances are ready at nearly the
 * same moment and meet the whole backlog at once. Choose it where no answer can be given without the dependency, and where
 * a failover to another region or a maintenance page stands behind the balancer.
 *
 * <p><b>{@code onFailure: degrade}</b>, the default of an optional one. All instances stay in traffic and answer what they
 * can. If nothing can be answered, each request still comes, fails fast through the breaker, and burns the error budget;
 * and an instance that alone lost its way to the dependency (its own network, its own credentials) stays in traffic with
 * the others and fails its share of requests for as long as nobody looks. Choose it where there is a fallback, or where a
 * clear error of one's own is better than the balancer's; and let the burn-rate alert page.
 *
 * <p><b>{@code instance}</b> for something shared is the worst of both: one failure takes out every instance, and the
 * declaration does not show it. <b>{@code live}</b> for it would restart them all, which is why only a
 * {@link dev.nines.dependency.LocalCheck} can be given there.
 *
 * <p>An open breaker degrades and never takes readiness away, since it is the fallback at work; a half-open one is neither.
 * "Up, but breaking its targets" degrades as well: the check {@code targets} says so while this instance burns an error
 * budget over a page's threshold. Taking such an instance out would move its load to the others, which probably break for
 * the same reason.
 *
 * <h2>Start</h2>
 *
 * <p>Before the first result, what gates readiness holds it back. The start itself waits, within {@code lifecycle.start}, for
 * each dependency with a check whose failure would take readiness away; with {@code onFailure: degrade} it is not waited for.
 * Then warm-ups run: one that failed or was abandoned degrades as {@code warmup-NAME}.
 *
 * <h2>What is told, and to whom</h2>
 *
 * <p>Each change of a check and of readiness is an event in the log, a counter, and a call of each
 * {@link dev.nines.health.HealthListener}. Events name the failure domain, so that whoever is paged knows whether to look at
 * one instance or at what all share. What goes to and fro (six changes within sixty intervals, five minutes at least) is told
 * as flapping, once, with its rate, and once when it is steady; what it does meanwhile is counted, heard by listeners, and not
 * logged.
 *
 * <p>How long a failure took to be found, at most, is compared with the detection target; how long the instance was unready
 * with restore and RTO, also while it still is; the age of each backup that a check publishes with the RPO.
 */
@NullMarked
package dev.nines.health;

import org.jspecify.annotations.NullMarked;
