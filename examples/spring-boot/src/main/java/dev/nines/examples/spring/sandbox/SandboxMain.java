package dev.nines.examples.spring.sandbox;

import dev.nines.examples.spring.orders.OrdersApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/**
 * Runs the order service in a sandbox. {@code SPRING_DATASOURCE_URL} names a PostgreSQL to use in place of an embedded one,
 * {@code PAYMENTS_URL} another payments service, {@code SERVER_PORT} and {@code NINES_ADMIN_PORT} other ports.
 */
public final class SandboxMain {

  private SandboxMain() {}

  public static void main(String[] arguments) {
    new SpringApplicationBuilder(OrdersApplication.class, ChaosController.class, Guide.class)
        .properties("logging.level.io.zonky=WARN") // it tells of its start at length
        .initializers(new SandboxInitializer())
        .run(arguments);
  }
}
