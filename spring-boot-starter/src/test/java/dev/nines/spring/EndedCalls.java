package dev.nines.spring;

import dev.nines.Feature;
import dev.nines.FeatureContext;
import dev.nines.dependency.CallOutcome;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers each guarded call that has ended. */
final class EndedCalls implements Feature {

  record Call(String dependency, CallOutcome outcome, int status) {}

  private final List<Call> ended = new CopyOnWriteArrayList<>();

  List<Call> all() {
    return ended;
  }

  @Override
  public String name() {
    return "ended-calls";
  }

  @Override
  public void install(FeatureContext context) {
    context.onCall(call -> ended.add(new Call(call.guard().name(), call.outcome(), call.status())));
  }
}
