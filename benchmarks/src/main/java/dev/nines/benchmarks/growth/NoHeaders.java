package dev.nines.benchmarks.growth;

import dev.nines.trace.SingleHeaderGetter;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds no header, as of a caller without a trace. */
enum NoHeaders implements SingleHeaderGetter<String> {
  GETTER;

  @Override
  public Iterable<String> keys(String carrier) {
    return List.of();
  }

  @Override
  public @Nullable String get(@Nullable String carrier, String key) {
    return null;
  }

  @Override
  public Iterator<String> getAll(@Nullable String carrier, String key) {
    return Collections.emptyIterator();
  }

  @Override
  public @Nullable String single(@Nullable String carrier, String name) {
    return null;
  }
}
