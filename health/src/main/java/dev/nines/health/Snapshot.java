package dev.nines.health;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Facts, and what strangers are told while these hold. Immutable.
 *
 * @param facts what the answers tell
 * @param told by question, for those that have a path of their own
 */
record Snapshot(Facts facts, Map<Question, Told> told) {

  static Snapshot of(Facts facts, List<Question> questions, HealthBody body) {
    return new Snapshot(
        facts,
        questions.stream()
            .collect(Collectors.toUnmodifiableMap(Function.identity(), q -> body.tell(q, facts))));
  }

  /** Returns what is told; null for a question of a client's own making. */
  @Nullable
  Told prepared(Question question) {
    return told.get(question);
  }
}
