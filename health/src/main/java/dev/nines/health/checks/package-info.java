/**
 * Ready-made checks of what a service leans on, and of the machine that it runs on. {@link dev.nines.health.checks.Checks}
 * is the way in; {@link dev.nines.health.checks.ProcessChecks}, {@link dev.nines.health.checks.TlsChecks},
 * {@link dev.nines.health.checks.UpkeepChecks} and {@link dev.nines.health.checks.CompositeChecks} hold more, by subject.
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
 * it asks does not answer; whoever runs it bounds its time.
 *
 * <pre>{@code
 * Dependency.required("orders-db", Checks.jdbc(dataSource));
 * Dependency.optional("payments", Checks.http(URI.create("https://payments.internal/ready")));
 * }</pre>
 */
@NullMarked
package dev.nines.health.checks;

import org.jspecify.annotations.NullMarked;
