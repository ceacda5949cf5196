package dev.nines.ops.verdict;

import java.util.List;
import java.util.Map;

/**
 * All instances as they were seen at one look.
 *
 * @param instances those of which something is known
 * @param missing those of which something should be, each with the reason
 */
record Look(List<InstanceLook> instances, Map<String, String> missing) {

  Look {
    instances = List.copyOf(instances);
    missing = Map.copyOf(missing);
  }
}
