package dev.nines.logging;

import dev.nines.telemetry.Event;
import dev.nines.telemetry.ServiceIdentity;

/** An event of core's bus, and the service whose bus it is. */
record BusEvent(Event event, ServiceIdentity service) implements LineFields {

  @Override
  public String eventType() {
    return event.type();
  }

  @Override
  public void writeTo(Line line) {
    event.fields().forEach(line::field);
  }

  @Override
  public String toString() {
    return event.type() + " " + event.fields();
  }
}
