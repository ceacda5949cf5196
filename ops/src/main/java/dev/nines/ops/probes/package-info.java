/**
 * What the platform must be told of {@code /ready}, {@code /live} and {@code /startup}, with the derived timings: for
 * Kubernetes, Docker and Compose, nginx, HAProxy. Typed by hand, these numbers drift from the detection target, and nobody
 * sees it until traffic goes to an instance that has been down for a minute.
 *
 * <pre>{@code
 * Settings settings = Settings.derive(ReliabilityTargets.load());
 * String container = KubernetesProbes.of(settings, "checkout", 8081).yaml();
 * }</pre>
 */
@NullMarked
package dev.nines.ops.probes;

import org.jspecify.annotations.NullMarked;
