package dev.nines.health;

import dev.nines.endpoint.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What clients may ask for. Immutable.
 *
 * @param groups checks that are asked for together
 * @param names whether strangers see the names of checks
 */
record Surface(List<Group> groups, boolean names) {

  static final Surface STANDARD = new Surface(List.of(), true);

  Surface {
    groups = List.copyOf(groups);
  }

  Surface withGroup(Group group) {
    if (groups.size() == Group.MOST) {
      throw new IllegalArgumentException(
          "group: '" + group.name() + "' (expected: at most " + Group.MOST + " groups)");
    }
    if (groups.stream().anyMatch(other -> other.name().equals(group.name()))) {
      throw new IllegalArgumentException(
          "group: '" + group.name() + "' (expected: a name that no other group has)");
    }
    List<Group> more = new ArrayList<>(groups);
    more.add(group);
    return new Surface(more, names);
  }

  Surface withoutNames() {
    return new Surface(groups, false);
  }

  /** Refuses groups of checks that are not there: a typing error would else leave a check out of what is watched. */
  void requireKnown(List<Component> components) {
    Set<String> known =
        components.stream().map(Component::name).collect(Collectors.toCollection(TreeSet::new));
    for (Group group : groups) {
      for (String check : group.checks()) {
        if (!known.contains(check)) {
          throw new IllegalArgumentException("group." + group.name() + ": '" + check
              + "' (expected: a dependency or check, of " + String.join(", ", known) + ")");
        }
      }
    }
  }

  /** Returns what is asked at the paths. */
  List<Question> questions() {
    return Stream.concat(
            Stream.of(View.values()).map(Question::all), groups.stream().map(Group::question))
        .distinct()
        .toList();
  }

  List<Endpoint> endpoints(Board board, Waiters waiters) {
    List<Endpoint> endpoints = new ArrayList<>();
    for (View view : View.values()) {
      endpoints.add(
          new ViewEndpoint(view.path(), Question.all(view), view == View.HEALTH, board, waiters));
    }
    for (Group group : groups) {
      endpoints.add(new ViewEndpoint(group.path(), group.question(), true, board, waiters));
    }
    return endpoints;
  }
}
