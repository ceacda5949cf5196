/**
 * What a service promises: immutable values that check themselves once, the loader of
 * {@code reliability.yaml}, and the linter that refuses promises which cannot be kept together.
 *
 * <p>Everything begins with one declaration, read from a file or built in code:
 *
 * <pre>{@code
 * ReliabilityTargets targets = ReliabilityTargets.load();
 *
 * ReliabilityTargets milder = targets.toBuilder()
 *     .errorRate(Ratios.percent("0.5%"))
 *     .dependency(DependencyTargets.optional("payments"))
 *     .build();
 * }</pre>
 *
 * <p>What code sets overrules a {@code NINES_…} variable, that overrules the file, and that the preset. A key's variable
 * is the key in capitals, words apart: {@code targets.errorRate} is {@code NINES_TARGETS_ERROR_RATE}, the p99 of the
 * route {@code POST /orders} is {@code NINES_ROUTES_POST_ORDERS_LATENCY_P99} once the file declares that route, and a
 * dependency that only code declares is meant in lower case with dashes. {@code NINES_CONFIG} names the file. Other
 * variables are left alone, unless they look like a misspelling of ours.
 *
 * <p>Fractions are exact decimals ({@link java.math.BigDecimal}): 99.9 % is 0.999 and leaves 0.001. In a file they are
 * percentages ({@code 99.9%}), durations carry units ({@code 200ms}, {@code 1m30s}), rates a period ({@code 200/s}). A
 * declaration that cannot be read or kept is refused with an {@link dev.nines.targets.InvalidTargetsException} that tells
 * all of its problems, one a line.
 */
@NullMarked
package dev.nines.targets;

import org.jspecify.annotations.NullMarked;
