package dev.nines.benchmarks.load;

/**
 * What one round under load has measured.
 *
 * @param requestsPerSecond answered
 * @param p99Millis of the answers
 * @param cpuMicros of the server's processor time per request
 * @param bytes allocated per request
 */
record Sample(double requestsPerSecond, double p99Millis, double cpuMicros, double bytes) {}
