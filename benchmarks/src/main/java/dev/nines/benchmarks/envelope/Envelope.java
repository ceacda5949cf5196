package dev.nines.benchmarks.envelope;

/** What one request costs in one stack, without the server and without what the handler itself does. */
interface Envelope extends AutoCloseable {

  String ROUTE = "/orders/{id}";
  String SPAN = "GET /orders/{id}";
  String DEPENDENCY = "payments";

  /** Serves a request with these headers, within which {@code downstream} is called once; returns its answer. */
  int serve(Incoming headers, Downstream downstream) throws Exception;

  /**
   * Returns what one thread serves with. What its handler makes once, and not for each request, is made here: such as the body
   * of the guarded call, since what a lambda weighs is up to whoever writes it.
   */
  default Handler handler(Downstream downstream) {
    return headers -> serve(headers, downstream);
  }

  /** Serves requests of one thread. */
  interface Handler {
    int serve(Incoming headers) throws Exception;
  }

  @Override
  void close();
}
