package dev.nines.spring;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * Where the endpoints are served: {@code nines.admin.port}, else the management port, else the application's. A port that is
 * the application's own means the application's server, one that is Actuator's means Actuator's. A management port below zero
 * means nowhere, as it does for Boot.
 */
final class AdminPort {

  private static final int DEFAULT_SERVER_PORT = 8080;
  private static final String ACTUATOR =
      "org.springframework.boot.actuate.autoconfigure.web.server.ManagementContextAutoConfiguration";

  private static final Set<String> WEB_ENVIRONMENTS = Set.of(
      "org.springframework.web.context.ConfigurableWebEnvironment",
      "org.springframework.boot.web.context.reactive.ConfigurableReactiveWebEnvironment");

  private final Optional<Integer> admin;
  private final Optional<Integer> management;
  private final int server;
  private final boolean hasActuator;

  private AdminPort(Environment environment) {
    Binder binder = Binder.get(environment);
    admin = port(binder, "nines.admin.port");
    management = port(binder, "management.server.port");
    server = port(binder, "server.port").orElse(DEFAULT_SERVER_PORT);
    hasActuator = isWebEnvironment(environment)
        && ClassUtils.isPresent(ACTUATOR, AdminPort.class.getClassLoader());
  }

  static AdminPort in(Environment environment) {
    return new AdminPort(environment);
  }

  /** Returns the port of an admin server of our own, if there is to be one. */
  OptionalInt own() {
    return isApplication() || isActuators() || isNowhere()
        ? OptionalInt.empty()
        : OptionalInt.of(declared().orElseThrow());
  }

  /** Returns whether the application's own server serves the endpoints. */
  boolean isApplication() {
    return declared().isEmpty() || isServer(declared().get());
  }

  /** Returns whether the application's own server also serves Actuator. */
  boolean isActuatorHere() {
    return hasActuator && management.filter(port -> !isServer(port)).isEmpty();
  }

  /** Returns whether Actuator's own server, on a port apart from the application's, serves the endpoints. */
  boolean isActuators() {
    return hasActuator
        && management.filter(port -> port >= 0 && !isServer(port)).isPresent()
        && (admin.isEmpty() || admin.equals(management) && management.get() > 0);
  }

  /** Asks by name, for a service without a web server need not have Spring's classes for one. */
  private static boolean isWebEnvironment(Environment environment) {
    return Stream.of(ClassUtils.getAllInterfaces(environment))
        .anyMatch(type -> WEB_ENVIRONMENTS.contains(type.getName()));
  }

  private boolean isNowhere() {
    return admin.isEmpty() && management.filter(port -> port < 0).isPresent();
  }

  private Optional<Integer> declared() {
    return admin.or(() -> management);
  }

  /** Port 0 is any free one, and so another for each server. */
  private boolean isServer(int port) {
    return port > 0 && port == server;
  }

  private static Optional<Integer> port(Binder binder, String property) {
    return Optional.ofNullable(binder.bind(property, Integer.class).orElse(null));
  }
}
