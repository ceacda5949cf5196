package dev.nines.spring;

import dev.nines.Feature;
import dev.nines.FeatureContext;
import dev.nines.request.Exchange;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers each request that has ended. */
final class EndedRequests implements Feature {

  private final List<Exchange> ended = new CopyOnWriteArrayList<>();

  List<Exchange> all() {
    return ended;
  }

  @Override
  public String name() {
    return "ended-requests";
  }

  @Override
  public void install(FeatureContext context) {
    context.onRequest(FeatureContext.Stage.USER, ended::add);
  }
}
