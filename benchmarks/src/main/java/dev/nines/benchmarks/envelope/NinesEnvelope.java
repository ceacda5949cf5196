package dev.nines.benchmarks.envelope;

import dev.nines.Nines;
import dev.nines.NinesBuilder;
import dev.nines.dependency.Dependency;
import dev.nines.dependency.Guard;
import dev.nines.logging.JsonLogging;
import dev.nines.logging.RequestLog;
import dev.nines.metrics.GoldenSignals;
import dev.nines.request.Exchange;
import dev.nines.request.HttpMethod;
import dev.nines.request.Requests;
import dev.nines.request.Route;
import dev.nines.targets.ReliabilityTargets;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.io.OutputStream;

/** All features, through the API that the adapters use. The line is the request line. */
final class NinesEnvelope implements Envelope {

  private final Nines nines;
  private final Requests requests;
  private final Route route;
  private final Guard payments;
  private final TextMapPropagator propagator;

  NinesEnvelope(boolean line) {
    NinesBuilder builder = Nines.builder("benchmark")
        .targets(ReliabilityTargets.threeNines())
        .dependency(Dependency.optional(DEPENDENCY))
        .install(GoldenSignals.prometheus())
        .withoutShutdownHook();
    if (line) {
      // Written by the caller's thread, as in the other stacks: what a writer of its own saves is
      // another benchmark.
      builder.install(JsonLogging.to(OutputStream.nullOutputStream())
          .synchronous()
          .requests(RequestLog.standard()));
    }
    this.nines = builder.start();
    this.requests = nines.http().requests();
    this.route = requests.routes().route(ROUTE);
    this.payments = nines.guard(DEPENDENCY);
    this.propagator = nines.openTelemetry().getPropagators().getTextMapPropagator();
  }

  @Override
  public int serve(Incoming headers, Downstream downstream) {
    Exchange exchange = requests.begin(HttpMethod.GET, route, headers, Incoming.GETTER);
    try (Scope current = exchange.context().makeCurrent()) {
      int status = payments.call(() -> {
        if (downstream.traced) {
          propagator.inject(Context.current(), downstream, Downstream.SETTER);
        }
        return downstream.answer();
      });
      exchange.end(status);
      return status;
    }
  }

  @Override
  public void close() {
    nines.close();
  }
}
