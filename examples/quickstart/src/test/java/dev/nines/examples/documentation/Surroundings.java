package dev.nines.examples.documentation;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import java.net.URI;
import java.util.concurrent.CompletableFuture;

/** What the Java blocks of our documents take for granted. */
abstract class Surroundings {

  protected HikariDataSource dataSource;
  protected URI uri;
  protected HttpServer server;
  protected HttpHandler ordersHandler;
  protected Client client;
  protected Order order;

  /** A client of some payments service, as a user would have one. */
  interface Client {
    Receipt charge(Order order) throws java.io.IOException;

    CompletableFuture<Receipt> chargeAsync(Order order);
  }

  /** An order of the reader's. */
  record Order(String id) {}

  /** What the payments service answers. */
  record Receipt(String state) {
    static Receipt pending(Order order, Object reason) {
      return new Receipt("pending " + order.id() + " " + reason);
    }
  }
}
