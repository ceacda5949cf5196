package dev.nines.benchmarks.spring;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /hello} on Spring MVC. The first argument says whether each request writes a line, {@code lines}, or nothing is
 * written at all, {@code silent}; the last is the port.
 */
@SpringBootApplication
public class HelloApplication {

  public static void main(String[] arguments) {
    boolean lines = arguments[0].equals("lines");
    new SpringApplicationBuilder(HelloApplication.class)
        .properties(
            "logging.level.root=" + (lines ? "info" : "off"),
            "logging.level.access=off", // of Nines; the line is the application's own, everywhere
            "spring.main.banner-mode=off",
            "spring.application.name=hello")
        .run("--server.port=" + arguments[arguments.length - 1]);
  }

  /** The route. */
  @RestController
  static class Hello {

    private static final Logger LOG = LoggerFactory.getLogger(Hello.class);

    @GetMapping("/hello")
    String hello() {
      LOG.info("Said hello");
      return "hello\n";
    }
  }
}
