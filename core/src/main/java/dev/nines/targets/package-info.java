/**
 * What a service promises: immutable values that check themselves once, the loader of
 * {@code reliability.yaml}, and the linter that refuses promises which cannot be kept together.
 *
 * <p>Fractions are exact decimals ({@link java.math.BigDecimal}): 99.9 % is 0.999 and leaves 0.001.
 */
@NullMarked
package dev.nines.targets;

import org.jspecify.annotations.NullMarked;
