/**
 * What Nines costs, measured beside what people put together by hand, in one run on one machine. The figures that count are
 * ratios and bytes; {@code docs/performance.md} has them, {@code benchmarks/run} repeats them.
 */
@NullMarked
package dev.nines.benchmarks;

import org.jspecify.annotations.NullMarked;
