package dev.nines.benchmarks.envelope;

import dev.nines.trace.SingleHeaderGetter;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one header of a request that counts here. */
public record Incoming(String traceparent, List<String> lines) {

  /** Reads it for OpenTelemetry. */
  public static final TextMapGetter<Incoming> GETTER = new SingleHeaderGetter<>() {
    private static final List<String> KEYS = List.of("traceparent");

    @Override
    public Iterable<String> keys(Incoming carrier) {
      return KEYS;
    }

    @Override
    public @Nullable String get(@Nullable Incoming carrier, String key) {
      return carrier != null && "traceparent".equals(key) ? carrier.traceparent : null;
    }

    @Override
    public @Nullable String single(@Nullable Incoming carrier, String name) {
      return get(carrier, name);
    }

    /** As the adapters of real servers have it: nothing is made for a header that isn't there. */
    @Override
    public Iterator<String> getAll(@Nullable Incoming carrier, String key) {
      return get(carrier, key) == null ? Collections.emptyIterator() : carrier.lines.iterator();
    }
  };

  /** Returns that of a caller whose trace is sampled, or is not. */
  public static Incoming of(boolean sampled) {
    String traceparent =
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-" + (sampled ? "01" : "00");
    return new Incoming(traceparent, List.of(traceparent));
  }
}
