package dev.nines.request;

/**
 * Hears of each request's beginning, too. A kind of its own, because the exchange is made current for those who hear of it,
 * which costs every request something.
 */
public interface RequestStartListener extends RequestListener {

  /** Hears that a request began. The exchange is current. */
  void started(Exchange exchange);
}
