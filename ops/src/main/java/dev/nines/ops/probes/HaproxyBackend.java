package dev.nines.ops.probes;

import dev.nines.derive.CheckTimings;
import dev.nines.derive.ProbeTimings;
import dev.nines.derive.Settings;
import java.util.List;

/**
 * A backend of HAProxy that asks each instance's {@code /ready}, with the timings of the platform's probes: within the
 * detection target an instance that is down gets no more traffic.
 *
 * @param probes derived
 * @param checks derived
 * @param service name of the backend
 * @param hosts of the instances
 * @param port where the service answers
 * @param adminPort where its health is asked; plain HTTP
 * @see <a href="https://docs.haproxy.org/2.6/configuration.html#4.2-option%20httpchk">HAProxy: option httpchk</a>
 */
public record HaproxyBackend(
    ProbeTimings probes,
    CheckTimings checks,
    String service,
    List<String> hosts,
    int port,
    int adminPort) {

  public HaproxyBackend {
    Require.name(service);
    hosts = Require.hosts(hosts);
    Require.port(port);
    Require.port(adminPort);
  }

  /** Returns the backend of a service's instances. */
  public static HaproxyBackend of(
      Settings settings, String service, List<String> hosts, int port, int adminPort) {
    return new HaproxyBackend(
        settings.probes(), settings.checks(), service, hosts, port, adminPort);
  }

  /** Returns the section. */
  public String config() {
    StringBuilder config = new StringBuilder()
        .append("backend ")
        .append(service)
        .append('\n')
        .append("  balance leastconn\n")
        .append("  option httpchk\n")
        .append("  http-check send meth GET uri /ready ver HTTP/1.1 hdr Host ")
        .append(service)
        .append(" hdr Connection close\n")
        .append("  http-check expect status 200\n")
        .append("  timeout check ")
        .append(probes.timeoutSeconds())
        .append("s\n")
        .append("  default-server check port ")
        .append(adminPort)
        .append(" inter ")
        .append(probes.periodSeconds())
        .append("s fall ")
        .append(probes.failureThreshold())
        .append(" rise ")
        .append(checks.successesToHealthy())
        .append('\n');
    for (int i = 0; i < hosts.size(); i++) {
      config
          .append("  server ")
          .append(service)
          .append('-')
          .append(i + 1)
          .append(' ')
          .append(hosts.get(i))
          .append(':')
          .append(port)
          .append('\n');
    }
    return config.toString();
  }
}
