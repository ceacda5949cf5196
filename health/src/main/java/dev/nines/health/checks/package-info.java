/**
 * Ready-made checks of what a service leans on, and of the machine that it runs on.
 *
 * <table>
 * <caption>What is watched, by what, and where it belongs</caption>
 * <tr><th>watched</th><th>check</th><th>belongs to</th></tr>
 * <tr><td>a database</td><td>{@link dev.nines.health.checks.Checks#jdbc}, behind HikariCP
 *     {@link dev.nines.health.checks.PoolChecks#database}</td><td>a dependency</td></tr>
 * <tr><td>the pool of its connections</td><td>{@link dev.nines.health.checks.PoolChecks#pool}</td>
 *     <td>this instance, which is unready without</td></tr>
 * <tr><td>its copies</td><td>{@link dev.nines.health.checks.ReplicationChecks}</td>
 *     <td>upkeep on the primary, a dependency on the standby that is read from</td></tr>
 * <tr><td>Redis</td><td>{@link dev.nines.health.checks.Checks#redis}</td><td>a dependency</td></tr>
 * <tr><td>another service</td><td>{@link dev.nines.health.checks.Checks#http},
 *     {@link dev.nines.health.checks.TlsChecks#handshake}, {@link dev.nines.health.checks.Checks#tcp}; the first that it
 *     speaks</td><td>a dependency</td></tr>
 * <tr><td>several of a kind</td><td>{@link dev.nines.health.checks.CompositeChecks}</td><td>a dependency</td></tr>
 * <tr><td>processors, memory, disk, deadlocks</td><td>{@link dev.nines.health.checks.Checks}</td>
 *     <td>this instance; installed by themselves</td></tr>
 * <tr><td>inodes, other disks</td><td>{@link dev.nines.health.checks.Checks#inodes},
 *     {@link dev.nines.health.checks.Checks#disk}</td><td>this instance</td></tr>
 * <tr><td>descriptors, garbage collection, queues, executors, background jobs</td>
 *     <td>{@link dev.nines.health.checks.ProcessChecks}</td><td>this instance</td></tr>
 * <tr><td>certificates</td><td>{@link dev.nines.health.checks.TlsChecks#certificate},
 *     {@link dev.nines.health.checks.TlsChecks#certificates}</td><td>upkeep</td></tr>
 * <tr><td>backups, secrets, stored data, the clock</td><td>{@link dev.nines.health.checks.UpkeepChecks}</td>
 *     <td>upkeep</td></tr>
 * </table>
 *
 * <p>What belongs to a dependency is declared with it, and the declaration says what its failure means. What belongs to this
 * instance may take its readiness away, {@code HealthEndpoints.instance(name, check)}, since the others go on. Upkeep is the
 * same for all instances and mended by a person: {@code HealthEndpoints.check(name, check)} degrades.
 *
 * <p>Two kinds, told apart by type:
 *
 * <ul>
 *   <li>{@link dev.nines.dependency.Check}: asks somebody else, over the network. Belongs to a dependency.
 *   <li>{@link dev.nines.dependency.LocalCheck}: looks at this process and its machine alone. Only such a one may decide
 *       liveness.
 * </ul>
 *
 * <p>A check is a plain object: thread-safe, free of the scheduler, and good for any number of runs. It throws when what
 * it asks does not answer. Its time is the run's, {@link dev.nines.dependency.CheckRun#timeout}, derived from the detection
 * target: connecting, reading and querying are bounded by it, and whoever runs the check cuts what overstays. One that
 * measures something publishes it too: {@link dev.nines.health.checks.MeasuredCheck}.
 *
 * <p>Messages are for the authorized and for the log. They name what was found and what was expected, never a password; an
 * exception's own message may name an address, and strangers see none of them.
 *
 * <pre>{@code
 * Dependency.required("orders-db", PoolChecks.database(pool));
 * Dependency.optional("payments", Checks.http(URI.create("https://payments.internal/ready")).status(200));
 * HealthEndpoints.standard()
 *     .instance("orders-pool", PoolChecks.pool(pool, new BigDecimal("0.9")))
 *     .check("certificate", TlsChecks.certificates(keyStore, password, TimeSource.system()));
 * }</pre>
 */
@NullMarked
package dev.nines.health.checks;

import org.jspecify.annotations.NullMarked;
