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
    event.fields().forEach((name, value) -> {
      if (!name.equals(StandardField.ERROR_TYPE.label())) {
        line.own(name, value);
      } else if (event.cause() == null) { // else the line has it already
        line.standard(StandardField.ERROR_TYPE, Values.string(value));
      }
    });
  }

  @Override
  public int weight() {
    int sum = 0;
    for (Object value : event.fields().values()) {
      sum = Fixed.plus(sum, value);
    }
    return sum;
  }

  @Override
  public String toString() {
    return event.type() + " " + event.fields();
  }
}
