package dev.nines.http;

import dev.nines.request.Exchange;
import dev.nines.telemetry.Event;
import dev.nines.telemetry.EventBus;
import io.opentelemetry.context.Scope;
import java.util.Map;

/** Tells of handlers that threw, inside the trace of their request. */
final class HandlerFailures {

  private final EventBus events;

  HandlerFailures(EventBus events) {
    this.events = events;
  }

  void publish(Exchange exchange, Throwable thrown) {
    String type = thrown.getClass().getName();
    String method = exchange.method().label();
    String route = exchange.route().template();
    Event event = new Event(
        "handler_failed",
        System.Logger.Level.ERROR,
        "The handler of " + method + " " + route + " threw " + type,
        Map.of("method", method, "route", route),
        thrown);
    try (Scope current = exchange.context().makeCurrent()) {
      events.publish(event);
    }
  }
}
