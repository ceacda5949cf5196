package dev.nines.spring;

import dev.nines.NinesBuilder;

/** A bean that has the last word on the declaration, before the service opens; several are asked in their order. */
@FunctionalInterface
public interface NinesBuilderCustomizer {

  /** Declares more, or otherwise. */
  void customize(NinesBuilder builder);
}
