/** Pictures of what was measured, as SVG. */
@NullMarked
package dev.nines.benchmarks.chart;

import org.jspecify.annotations.NullMarked;
