package dev.nines.spring;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Runs the sample in a process of its own, asks it once, and stops it: what is on standard output then is its whole log. */
final class SampleMain {

  private SampleMain() {}

  public static void main(String[] arguments) throws Exception {
    ConfigurableApplicationContext context = SpringApplication.run(SampleService.class, arguments);
    String port = context.getEnvironment().getProperty("local.server.port");
    HttpRequest hello = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/hello"))
        .build();
    HttpClient.newHttpClient().send(hello, BodyHandlers.ofString());
    System.exit(0);
  }
}
