package dev.nines.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the dependency that is called here.
 *
 * <p>On a method of a bean, or on its class for all of them: calls from other beans go through the guard of that dependency, as
 * {@code Guard.call} has it; the guard's exceptions arrive unchanged. A method that returns a {@code CompletionStage} or a
 * {@code Mono} is bounded by the deadline and cancelled at it, as {@code Guard.callAsync} has it; a {@code Flux} until it
 * completes. Calls within the bean pass no proxy, and so no guard. A method that has a fallback is better written with the handle.
 *
 * <p>Beside a parameter or field of type {@code Guard}: that is the handle.
 *
 * <pre>{@code
 * Payments(@GuardedBy("payments") Guard guard, PaymentsApi api) { … }
 *
 * Receipt charge(Order order) {
 *   return guard.callOr(() -> api.charge(order), reason -> Receipt.pending(order, reason));
 * }
 * }</pre>
 */
@Documented
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.PARAMETER, ElementType.FIELD})
@Retention(RetentionPolicy.RUNTIME)
public @interface GuardedBy {

  /** The name of a declared dependency; one that nobody declares ends the start. */
  String value();
}
