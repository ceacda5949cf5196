package dev.nines.examples.spring.sandbox;

import dev.nines.examples.faults.Fault;
import dev.nines.examples.faults.FaultProxy;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The servers that the service leans on, on free ports, closed in the reverse order. */
final class Sandbox implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Sandbox.class);

  private final Map<String, Consumer<Fault>> breakable = new HashMap<>();
  private final Map<String, Object> properties = new HashMap<>();
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  private Sandbox() {}

  /** Starts those that no property names. */
  static Sandbox start(Predicate<String> isSet) {
    Sandbox sandbox = new Sandbox();
    try {
      if (!isSet.test("spring.datasource.url")) {
        sandbox.startDatabase();
      }
      if (!isSet.test("payments.url")) {
        sandbox.startPayments();
      }
      return sandbox;
    } catch (IOException failed) {
      sandbox.close();
      throw new UncheckedIOException(failed);
    }
  }

  private void startDatabase() throws IOException {
    // Its own shutdown hook would stop it at SIGTERM, under the requests that are still being
    // served.
    EmbeddedPostgres postgres =
        EmbeddedPostgres.builder().setRegisterShutdownHook(false).start();
    opened.push(postgres);
    FaultProxy proxy = FaultProxy.before("localhost", postgres.getPort());
    opened.push(proxy);
    breakable.put("orders-db", proxy::fault);
    properties.put(
        "spring.datasource.url", "jdbc:postgresql://localhost:" + proxy.port() + "/postgres");
    properties.put("spring.datasource.username", "postgres");
  }

  private void startPayments() throws IOException {
    PaymentsService payments = PaymentsService.start();
    opened.push(payments);
    breakable.put("payments", payments::fault);
    properties.put("payments.url", payments.url());
  }

  /** Returns where the service finds them. */
  Map<String, Object> properties() {
    return properties;
  }

  /** Returns how to break each of them, by the name of the dependency. */
  Map<String, Consumer<Fault>> breakable() {
    return breakable;
  }

  @Override
  public void close() {
    while (!opened.isEmpty()) {
      AutoCloseable server = opened.pop();
      try {
        server.close();
      } catch (Exception failure) {
        LOG.warn("Could not close {}", server, failure);
      }
    }
  }
}
