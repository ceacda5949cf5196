/** How what Nines takes grows with routes, dependencies, checks and threads. */
@NullMarked
package dev.nines.benchmarks.growth;

import org.jspecify.annotations.NullMarked;
