/**
 * One request's whole envelope in four stacks: context extracted, server span, current, in flight; one guarded call with its
 * client span, its headers and its breaker; duration with the targets' bounds, outcome, budget; and, if asked for, one JSON
 * line.
 */
@NullMarked
package dev.nines.benchmarks.envelope;

import org.jspecify.annotations.NullMarked;
