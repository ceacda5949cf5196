package dev.nines.ops.probes;

import dev.nines.derive.ProbeTimings;
import dev.nines.derive.Settings;
import java.util.List;

/**
 * An upstream of nginx. The open-source one asks no health: it passes an instance over that failed so many requests, for as
 * long as the platform's probes would have taken to see it, and gives those requests to another. A 503 counts as a failure,
 * since that is what an instance answers which shuts down.
 *
 * @param timings derived
 * @param service name of the upstream
 * @param hosts of the instances
 * @param port where the service answers
 * @see <a href="https://nginx.org/en/docs/http/ngx_http_upstream_module.html#server">nginx: server</a>
 */
public record NginxUpstream(ProbeTimings timings, String service, List<String> hosts, int port) {

  public NginxUpstream {
    Require.name(service);
    hosts = Require.hosts(hosts);
    Require.port(port);
  }

  /** Returns the upstream of a service's instances. */
  public static NginxUpstream of(Settings settings, String service, List<String> hosts, int port) {
    return new NginxUpstream(settings.probes(), service, hosts, port);
  }

  /** Returns an upstream, and the server that uses it, for the {@code http} section. */
  public String config() {
    int pause = timings.periodSeconds() * timings.failureThreshold();
    StringBuilder config = new StringBuilder()
        .append("upstream ")
        .append(service)
        .append(" {\n")
        .append("  zone ")
        .append(service)
        .append(" 64k;\n");
    for (String host : hosts) {
      config
          .append("  server ")
          .append(host)
          .append(':')
          .append(port)
          .append(" max_fails=")
          .append(timings.failureThreshold())
          .append(" fail_timeout=")
          .append(pause)
          .append("s;\n");
    }
    return config
        .append("}\n")
        .append("server {\n")
        .append("  location / {\n")
        .append("    proxy_pass http://")
        .append(service)
        .append(";\n")
        .append("    proxy_connect_timeout ")
        .append(timings.timeoutSeconds())
        .append("s;\n")
        .append("    proxy_next_upstream error timeout http_503;\n")
        .append("    proxy_next_upstream_tries 2;\n")
        .append("  }\n")
        .append("}\n")
        .toString();
  }
}
