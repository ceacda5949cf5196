package dev.nines.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks into registries that are made of several. */
final class Registries {

  private Registries() {}

  /** Makes several look like one. */
  static MeterRegistry together(MeterRegistry first, List<MeterRegistry> others) {
    CompositeMeterRegistry all = new CompositeMeterRegistry(first.config().clock());
    all.add(first);
    others.forEach(all::add);
    return all;
  }

  /** Returns the registry itself, or, if it is made of several, each of these. */
  static Stream<MeterRegistry> of(MeterRegistry registry) {
    return registry instanceof CompositeMeterRegistry several
        ? several.getRegistries().stream().flatMap(Registries::of)
        : Stream.of(registry);
  }

  /** Returns the first of that kind. */
  static <T extends MeterRegistry> Optional<T> first(MeterRegistry registry, Class<T> kind) {
    return of(registry).filter(kind::isInstance).map(kind::cast).findFirst();
  }
}
