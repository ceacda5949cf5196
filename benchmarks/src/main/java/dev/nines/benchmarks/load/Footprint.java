package dev.nines.benchmarks.load;

/**
 * What a server takes before any load.
 *
 * @param startMillis from the start of the process to the first 200
 * @param residentMegabytes of memory then
 * @param loadedMegabytes of memory after the load
 */
record Footprint(double startMillis, double residentMegabytes, double loadedMegabytes) {}
