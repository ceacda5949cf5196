package dev.nines.derive;

import dev.nines.targets.ReliabilityTargets;
import java.util.List;
import java.util.stream.Stream;

/** The route classes of a declaration: {@code default}, and each route with promises of its own. */
final class RouteClasses {

  static final String DEFAULT = "default";

  private RouteClasses() {}

  static List<String> of(ReliabilityTargets targets) {
    return Stream.concat(Stream.of(DEFAULT), targets.routes().keySet().stream()).toList();
  }
}
