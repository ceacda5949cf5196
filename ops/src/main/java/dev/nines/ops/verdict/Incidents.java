package dev.nines.ops.verdict;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What went wrong so far; the same is told once. Not thread-safe. */
final class Incidents {

  private static final int MOST = 100;

  private final List<Incident> all = new ArrayList<>();
  private final Set<String> told = new HashSet<>();
  private final Consumer<String> progress;

  Incidents(Consumer<String> progress) {
    this.progress = progress;
  }

  void add(Instant time, String what) {
    if (all.size() < MOST && told.add(what)) {
      all.add(new Incident(time, what));
      progress.accept(what);
    }
  }

  List<Incident> all() {
    return List.copyOf(all);
  }
}
