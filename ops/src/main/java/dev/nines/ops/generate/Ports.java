package dev.nines.ops.generate;

/**
 * Where an instance listens.
 *
 * @param service the port of the service itself, 1 to 65535
 * @param admin the port of {@code /metrics} and the health endpoints, 1 to 65535; plain HTTP
 */
public record Ports(int service, int admin) {

  /** What everybody else takes, too: 8080, and 8081 for the admin server. */
  static final Ports USUAL = new Ports(8080, 8081);

  private static final int MOST = 65_535;

  public Ports {
    require("port", service);
    require("admin-port", admin);
    if (service == admin) {
      throw new IllegalArgumentException(
          "admin-port: " + admin + " (expected: another one than the service's)");
    }
  }

  private static void require(String name, int port) {
    if (port < 1 || port > MOST) {
      throw new IllegalArgumentException(name + ": " + port + " (expected: 1 to 65535)");
    }
  }
}
