package dev.nines.ops.verdict;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One instance as it was seen at one look.
 *
 * @param name address or label by which it is known from look to look
 * @param version version that runs there
 * @param environment environment that it runs in
 * @param started when its process started, where it says so
 * @param ready whether it asks for traffic; empty where it does not say
 * @param counters its cumulative counters
 * @param saturation how full each resource is
 * @param health how it answered
 */
record InstanceLook(
    String name,
    String version,
    String environment,
    Optional<Instant> started,
    Optional<Boolean> ready,
    Counters counters,
    Map<String, Double> saturation,
    Health health) {}
