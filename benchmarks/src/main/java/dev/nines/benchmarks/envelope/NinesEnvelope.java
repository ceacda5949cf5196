package dev.nines.benchmarks.envelope;

import dev.nines.BenchmarkEnvironment;
import dev.nines.Nines;
import dev.nines.NinesBuilder;
import dev.nines.benchmarks.Promises;
import dev.nines.dependency.Body;
import dev.nines.dependency.Dependency;
import dev.nines.dependency.Guard;
import dev.nines.logging.JsonLogging;
import dev.nines.logging.RequestLog;
import dev.nines.metrics.GoldenSignals;
import dev.nines.request.Exchange;
import dev.nines.request.HttpMethod;
import dev.nines.request.Requests;
import dev.nines.request.Route;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapPropagator;

/** All features, through the API that the adapters use, spans exported as they are in production. The line is the request line. */
final class NinesEnvelope implements Envelope {

  private final SilentReceiver receiver = new SilentReceiver();
  private final Nines nines;
  private final Requests requests;
  private final Route route;
  private final Guard payments;
  private final TextMapPropagator propagator;
  private final Lines lines;

  NinesEnvelope(boolean line) {
    NinesBuilder builder = BenchmarkEnvironment.with(
            Nines.builder("benchmark"), receiver.environment())
        .targets(Promises.closingAtOnce())
        .dependency(Dependency.optional(DEPENDENCY))
        .install(GoldenSignals.prometheus())
        .withoutShutdownHook();
    if (line) {
      builder.install(JsonLogging.toStdout().requests(RequestLog.standard()));
    }
    this.lines = line ? Lines.nines() : Lines.none();
    this.nines = builder.start();
    this.requests = nines.http().requests();
    this.route = requests.routes().route(ROUTE);
    this.payments = nines.guard(DEPENDENCY);
    this.propagator = nines.openTelemetry().getPropagators().getTextMapPropagator();
  }

  @Override
  public int serve(Incoming headers, Downstream downstream) {
    return serve(headers, bodyOf(downstream));
  }

  @Override
  public Handler handler(Downstream downstream) {
    Body<Integer, RuntimeException> body = bodyOf(downstream);
    return headers -> serve(headers, body);
  }

  private Body<Integer, RuntimeException> bodyOf(Downstream downstream) {
    return () -> {
      if (downstream.traced) {
        propagator.inject(Context.current(), downstream, Downstream.SETTER);
      }
      return downstream.answer();
    };
  }

  private int serve(Incoming headers, Body<Integer, RuntimeException> body) {
    Exchange exchange = requests.begin(HttpMethod.GET, route, headers, Incoming.GETTER);
    try (Scope current = exchange.context().makeCurrent()) {
      int status = payments.call(body);
      exchange.end(status);
      return status;
    }
  }

  @Override
  public void close() {
    receiver.close();
    nines.close();
    lines.close();
  }
}
