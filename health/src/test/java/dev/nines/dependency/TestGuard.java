package dev.nines.dependency;

import dev.nines.derive.DependencySettings;

/** A guard whose breaker is set by hand. */
public final class TestGuard implements Guard {

  private final int index;
  private final DependencySettings settings;
  private volatile BreakerState state = BreakerState.CLOSED;

  public TestGuard(int index, DependencySettings settings) {
    this.index = index;
    this.settings = settings;
  }

  public void set(BreakerState next) {
    state = next;
  }

  @Override
  public String name() {
    return settings.name();
  }

  @Override
  public int index() {
    return index;
  }

  @Override
  public DependencySettings settings() {
    return settings;
  }

  @Override
  public BreakerState state() {
    return state;
  }
}
