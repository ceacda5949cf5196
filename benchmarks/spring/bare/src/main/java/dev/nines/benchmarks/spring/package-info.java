/** The service that {@code benchmarks/run spring} measures, on one class path after the other. */
@NullMarked
package dev.nines.benchmarks.spring;

import org.jspecify.annotations.NullMarked;
