package dev.nines.derive;

import java.util.Map;

/**
 * One derived setting, explained.
 *
 * @param name the setting, with its subject before the dot: {@code breaker.payments.deadline}
 * @param value its value, written for people: {@code 300ms}
 * @param formula how it follows: {@code p99 × latencyShare}
 * @param inputs the formula's inputs with their values
 * @param source where the rule comes from; empty where it is ours
 */
public record Derived(
    String name, String value, String formula, Map<String, String> inputs, String source) {}
