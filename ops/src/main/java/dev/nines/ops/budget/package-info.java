/**
 * What is left of the error budgets, over all instances out of a Prometheus, or as the instances themselves see it.
 */
@NullMarked
package dev.nines.ops.budget;

import org.jspecify.annotations.NullMarked;
