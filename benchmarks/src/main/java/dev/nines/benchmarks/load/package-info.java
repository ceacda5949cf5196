/**
 * End to end: a server on one core, {@code wrk} on the other, stacks taking turns; requests a second, p99, processor time and
 * bytes per request, start and memory. What a scrape does to requests is told by a driver of our own, second by second.
 */
@NullMarked
package dev.nines.benchmarks.load;

import org.jspecify.annotations.NullMarked;
