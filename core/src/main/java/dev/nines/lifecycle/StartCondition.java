package dev.nines.lifecycle;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Something without which an instance does not start, such as a required dependency. It is waited for within
 * {@code lifecycle.start}; if it is not there by then, the start fails.
 *
 * @param name of what is waited for, for people
 * @param missing says what is wrong, without secrets, or nothing once it is there; asked again and again, so it must only read
 *     memory, and never throw
 * @param instead what to declare so that the start does not wait for it, for the message of a start that failed
 */
public record StartCondition(String name, Supplier<Optional<String>> missing, String instead) {}
