package dev.nines.spring;

import dev.nines.Nines;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** An application that was started as its main method would, on free ports, and that stops quickly. */
final class RunningService implements AutoCloseable {

  private static final String[] QUICK = {
    "server.port=0",
    "spring.profiles.active=test",
    "spring.main.banner-mode=off",
    "logging.level.root=WARN",
    "nines.lifecycle.pre-stop=0s",
    "nines.lifecycle.drain=5s",
    "nines.lifecycle.grace=15s"
  };

  /** Nothing here takes so long, however busy the machine is. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final ConfigurableApplicationContext context;
  private final HttpClient client = HttpClient.newHttpClient();

  private RunningService(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /** Starts the sources together, with arguments as on a command line. */
  static RunningService start(List<Class<?>> sources, String... arguments) {
    return new RunningService(application(sources).run(arguments));
  }

  /** Starts them without a web server. */
  static RunningService withoutWeb(List<Class<?>> sources, String... arguments) {
    return new RunningService(application(sources).web(WebApplicationType.NONE).run(arguments));
  }

  /** Starts them on a reactive web server, whatever else is on the classpath. */
  static RunningService startReactive(List<Class<?>> sources, String... arguments) {
    return new RunningService(
        application(sources).web(WebApplicationType.REACTIVE).run(arguments));
  }

  private static SpringApplicationBuilder application(List<Class<?>> sources) {
    return new SpringApplicationBuilder(sources.toArray(Class[]::new)).properties(QUICK);
  }

  ConfigurableApplicationContext context() {
    return context;
  }

  Nines nines() {
    return context.getBean(Nines.class);
  }

  int port() {
    return Integer.parseInt(context.getEnvironment().getProperty("local.server.port", ""));
  }

  HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    return send(port(), "GET", path, headers);
  }

  HttpResponse<String> send(int port, String method, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(
            URI.create("http://localhost:" + port + path))
        .timeout(PATIENCE)
        .method(method, BodyPublishers.noBody());
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  @Override
  public void close() {
    context.close();
  }
}
