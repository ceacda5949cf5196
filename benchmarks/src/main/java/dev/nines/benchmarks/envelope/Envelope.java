package dev.nines.benchmarks.envelope;

/** What one request costs in one stack, without the server and without what the handler itself does. */
interface Envelope extends AutoCloseable {

  String ROUTE = "/orders/{id}";
  String SPAN = "GET /orders/{id}";
  String DEPENDENCY = "payments";

  /** Serves a request with these headers, within which {@code downstream} is called once; returns its answer. */
  int serve(Incoming headers, Downstream downstream) throws Exception;

  @Override
  void close();
}
