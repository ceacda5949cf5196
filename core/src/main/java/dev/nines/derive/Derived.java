package dev.nines.derive;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One derived setting, explained.
 *
 * @param name the setting, with its subject before the last dot: {@code breaker.payments.deadline}
 * @param value its value, written for people: {@code 300ms}
 * @param formula how it follows: {@code p99 × latencyShare}
 * @param inputs the formula's inputs with their values, in the order in which the formula names them
 * @param source where the rule comes from; empty where it is ours
 */
public record Derived(
    String name, String value, String formula, Map<String, String> inputs, String source) {

  public Derived {
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
  }

  /** Returns what the setting is about: {@code breaker.payments}. */
  public String subject() {
    return name.substring(0, Math.max(0, name.lastIndexOf('.')));
  }

  /** Returns the name within the subject: {@code deadline}. */
  public String shortName() {
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
