package dev.nines.spring;

import dev.nines.dependency.Check;
import dev.nines.dependency.Dependencies;
import dev.nines.dependency.Dependency;
import dev.nines.dependency.Guard;
import java.net.URI;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the dependency at whose address a call goes. One that declares no addresses is at the server that its check asks, if no
 * other is there too: behind one gateway only a path tells them apart. Immutable.
 */
final class DependencyAddresses {

  private record Place(Address address, Guard guard) {}

  /** The longest paths first. */
  private final List<Place> places;

  private DependencyAddresses(Map<Address, Guard> byAddress) {
    this.places = byAddress.entrySet().stream()
        .map(entry -> new Place(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparing(place -> -place.address().path().length()))
        .toList();
  }

  /**
   * Reads where dependencies are.
   *
   * @param declared addresses by name
   * @throws IllegalArgumentException if one is no address, or belongs to two
   */
  static DependencyAddresses of(Dependencies dependencies, Map<String, List<String>> declared) {
    Map<Address, Guard> byAddress = new LinkedHashMap<>();
    Map<String, Guard> guards = guards(dependencies);
    new TreeMap<>(declared).forEach((name, addresses) -> {
      Guard guard = guards.get(name);
      String property = "nines.dependencies." + name + ".addresses";
      for (String text : addresses) {
        if (guard != null && byAddress.put(Address.parse(property, text), guard) != null) {
          throw new IllegalArgumentException(
              property + ": " + text + " (expected: each address of one dependency)");
        }
      }
    });
    ofChecks(dependencies, declared).forEach(byAddress::putIfAbsent);
    return new DependencyAddresses(byAddress);
  }

  private static Map<Address, Guard> ofChecks(
      Dependencies dependencies, Map<String, List<String>> declared) {
    Map<Address, Guard> servers = new HashMap<>();
    Set<Address> shared = new HashSet<>();
    for (Guard guard : dependencies.guards()) {
      Address server = server(dependencies.all().get(guard.index()));
      boolean says = !declared.getOrDefault(guard.name(), List.of()).isEmpty();
      if (server != null && !says && servers.put(server, guard) != null) {
        shared.add(server);
      }
    }
    servers.keySet().removeAll(shared);
    return servers;
  }

  private static @Nullable Address server(Dependency dependency) {
    Object subject = dependency.check().flatMap(Check::subject).orElse(null);
    return subject instanceof URI uri ? Address.server(uri) : null;
  }

  static Map<String, Guard> guards(Dependencies dependencies) {
    Map<String, Guard> byName = new LinkedHashMap<>();
    dependencies.guards().forEach(guard -> byName.put(guard.name(), guard));
    return byName;
  }

  @Nullable
  Guard guard(URI uri) {
    Address called = places.isEmpty() ? null : Address.server(uri);
    if (called != null) {
      for (Place place : places) {
        if (place.address().covers(called, uri.getRawPath())) {
          return place.guard();
        }
      }
    }
    return null;
  }
}
