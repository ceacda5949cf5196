package dev.nines.examples.quickstart;

/**
 * Where to look, and what to try.
 *
 * @param port where orders are served
 * @param adminPort where health and metrics are served
 * @param paymentsPort where the payments service listens
 */
record Guide(int port, int adminPort, int paymentsPort) {

  @Override
  public String toString() {
    return """
        The order service is ready. Its log is on stdout, one JSON object a line.
          orders    http://localhost:%1$d
          admin     http://localhost:%2$d/health, /ready, /metrics
          payments  http://localhost:%3$d
        Try:
          curl localhost:%1$d/orders -d '{"item":"book","cents":1999}'
          curl localhost:%2$d/health
          curl -X POST 'localhost:%1$d/chaos/payments?mode=down'    (or orders-db; slow, up)
        Ctrl-C stops it gracefully.
        """.formatted(port, adminPort, paymentsPort);
  }
}
