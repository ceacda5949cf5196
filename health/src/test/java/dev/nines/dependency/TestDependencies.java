package dev.nines.dependency;

import dev.nines.derive.Settings;
import java.util.ArrayList;
import java.util.List;

/** Declared dependencies whose breakers are set by hand. */
public final class TestDependencies {

  private TestDependencies() {}

  public static Dependencies of(Settings settings, List<Dependency> declared) {
    List<Guard> guards = new ArrayList<>();
    for (Dependency dependency : declared) {
      guards.add(new TestGuard(guards.size(), settings.dependencies().get(dependency.name())));
    }
    return new Dependencies(declared, guards);
  }
}
