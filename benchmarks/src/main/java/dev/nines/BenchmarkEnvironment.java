package dev.nines;

import java.util.Map;

/** Hands a benchmark's service variables of its own: the process's cannot be set by what runs within it. */
public final class BenchmarkEnvironment {

  private BenchmarkEnvironment() {}

  public static NinesBuilder with(NinesBuilder builder, Map<String, String> variables) {
    return builder.environment(variables);
  }
}
