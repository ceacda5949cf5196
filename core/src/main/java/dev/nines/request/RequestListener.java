package dev.nines.request;

/**
 * Hears of each request. Called on the request's thread; a failure is caught and counted and never reaches the request.
 *
 * <p>Implementations are thread-safe, and cheap: they stand on the path of every request.
 */
public interface RequestListener {

  /** Hears that a request ended, once; status, outcome and duration are final, and the exchange is still current. */
  void ended(Exchange exchange);
}
