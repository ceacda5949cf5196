package dev.nines.dependency;

import dev.nines.request.HttpMethod;
import java.net.URI;
import java.util.function.ToIntFunction;

/**
 * What an adapter of an HTTP client tells of a call.
 *
 * <p>Immutable and thread-safe.
 *
 * @param method the request's method
 * @param uri where it goes; the span shows it without user info and query
 * @param status reads the status off a result; must neither block nor throw
 * @param <T> the client's type of a response
 */
public record HttpCall<T>(HttpMethod method, URI uri, ToIntFunction<? super T> status) {}
