package dev.nines.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A span that stands for a place in a trace, and keeps nothing of what it is told. */
interface NonRecordingSpan extends Span {

  @Override
  default boolean isRecording() {
    return false;
  }

  @Override
  default <T> Span setAttribute(AttributeKey<T> key, @Nullable T value) {
    return this;
  }

  @Override
  default Span addEvent(String name, Attributes attributes) {
    return this;
  }

  @Override
  default Span addEvent(String name, Attributes attributes, long timestamp, TimeUnit unit) {
    return this;
  }

  @Override
  default Span setStatus(StatusCode code, String description) {
    return this;
  }

  @Override
  default Span recordException(Throwable thrown, Attributes attributes) {
    return this;
  }

  @Override
  default Span updateName(String name) {
    return this;
  }

  @Override
  default void end() {}

  @Override
  default void end(long timestamp, TimeUnit unit) {}
}
