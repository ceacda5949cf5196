package dev.nines.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.ContextStorage;
import io.opentelemetry.context.Scope;
import org.jspecify.annotations.Nullable;

/**
 * The context in which a request or a call and its span are current, as a part of that object: OpenTelemetry would make a
 * context and an array for each of the two, and a scope.
 */
public interface OwnContext extends Context, Scope {

  /** Returns the context within which this was opened. */
  Context parent();

  /** Returns the span that is current in this. */
  Span span();

  /** Returns the key under which this is found in itself. */
  ContextKey<?> ownKey();

  @Override
  @SuppressWarnings("unchecked") // both keys are of types that this has
  default <V> @Nullable V get(ContextKey<V> key) {
    if (key == SpanKey.KEY) {
      return (V) span();
    }
    return key == ownKey() ? (V) this : parent().get(key);
  }

  /** Returns a plain context with all that is in this one, for only the context that an owner opens is an object less. */
  @Override
  @SuppressWarnings("unchecked")
  default <V> Context with(ContextKey<V> key, V value) {
    return parent()
        .with(SpanKey.KEY, span())
        .with((ContextKey<Object>) ownKey(), this)
        .with(key, value);
  }

  /**
   * Makes this current. Where its parent was, as a rule, this is also the scope that brings the parent back; any other scope
   * is the storage's, and so is every scope of a storage that the user put in place of OpenTelemetry's, for it may do more.
   */
  @Override
  default Scope makeCurrent() {
    return Context.current() == parent()
        ? makeCurrentWithinParent()
        : ContextStorage.get().attach(this);
  }

  /** Makes this current where the parent is known to be, for who has just read it there. */
  default Scope makeCurrentWithinParent() {
    ContextStorage storage = ContextStorage.get();
    if (storage != ContextStorage.defaultStorage()) {
      return storage.attach(this);
    }
    storage.attach(this); // nobody uses the scope that this returns, so none is made
    return this;
  }

  /** Makes the parent current again. */
  @Override
  default void close() {
    ContextStorage.get().attach(parent());
  }
}
