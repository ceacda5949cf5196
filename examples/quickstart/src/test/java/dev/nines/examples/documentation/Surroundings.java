package dev.nines.examples.documentation;

import com.rabbitmq.client.Channel;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import dev.nines.Nines;
import java.net.URI;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;

/** What the Java blocks of our documents take for granted. */
abstract class Surroundings {

  protected HikariDataSource dataSource;
  protected URI uri;
  protected HttpServer server;
  protected HttpHandler ordersHandler;
  protected Client client;
  protected Items items;
  protected Order order;
  protected Collection<String> sessions;
  protected Nines nines;
  protected KafkaProducer<String, String> producer;
  protected KafkaConsumer<String, String> consumer;
  protected Channel channel;

  /** A client of some payments service, as a user would have one. */
  interface Client {
    Receipt charge(Order order) throws java.io.IOException;

    CompletableFuture<Receipt> chargeAsync(Order order);
  }

  /** A client of some catalogue. */
  interface Items {
    Item find(String name) throws java.io.IOException;
  }

  /** What the catalogue knows. */
  record Item(String name) {}

  /** An order of the reader's. */
  record Order(String id) {}

  /** What the payments service answers. */
  record Receipt(String state) {
    static Receipt pending(Order order, Object reason) {
      return new Receipt("pending " + order.id() + " " + reason);
    }
  }
}
