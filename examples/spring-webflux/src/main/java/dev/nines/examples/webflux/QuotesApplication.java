package dev.nines.examples.webflux;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The service. By itself it asks itself for prices; {@code prices.url} names another. */
@SpringBootApplication
public class QuotesApplication {

  public static void main(String[] arguments) {
    SpringApplication.run(QuotesApplication.class, arguments);
  }
}
