package dev.nines.meter;

import dev.nines.telemetry.Durations;
import dev.nines.telemetry.Instrument;
import dev.nines.telemetry.Renderer;
import java.util.List;
import java.util.function.LongConsumer;

/** Keeps durations in a list. */
record Recording(List<Long> seen) implements Renderer {

  @Override
  public void render(Instrument instrument) {}

  @Override
  public LongConsumer durations(Durations series) {
    return seen::add;
  }
}
