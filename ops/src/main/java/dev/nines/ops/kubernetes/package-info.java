/**
 * Kubernetes: probes and grace, scaling, what may be drained at a time, what Prometheus scrapes.
 */
@NullMarked
package dev.nines.ops.kubernetes;

import org.jspecify.annotations.NullMarked;
