package dev.nines.endpoint;

import dev.nines.telemetry.EventBus;
import dev.nines.time.TimeSource;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Where the endpoints are served, apart from the application's own port, so that neither a flood there nor its shutdown
 * takes the probes away.
 *
 * <p>By default it listens on every address of the machine, since the kubelet probes a pod's address and Prometheus
 * scrapes it; nobody is authorized, so that bodies show no details and nothing can be changed. The numbers of
 * {@link AdminLimits} hold for this server alone, and no property of the JVM is touched.
 *
 * <p>Immutable and thread-safe.
 */
public final class AdminServer {

  private final int port;
  private final String address;
  private final Predicate<EndpointRequest> authorization;
  private final AdminLimits limits;
  private final @Nullable AdminTls tls;

  private AdminServer(
      int port,
      String address,
      Predicate<EndpointRequest> authorization,
      AdminLimits limits,
      @Nullable AdminTls tls) {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("admin.port: " + port + " (expected: 0 to 65535)");
    }
    this.port = port;
    this.address = address;
    this.authorization = authorization;
    this.limits = limits;
    this.tls = tls;
  }

  /** Declares a server on that port, 0 to 65535; 0 takes a free one. */
  public static AdminServer onPort(int port) {
    return new AdminServer(port, "", request -> false, AdminLimits.standard(), null);
  }

  /** Listens on this address of the machine only, such as {@code 127.0.0.1}; an empty one means all. */
  public AdminServer boundTo(String hostOrAddress) {
    return new AdminServer(port, hostOrAddress.strip(), authorization, limits, tls);
  }

  /** Authorizes whoever sends this token in {@code Authorization: Bearer …}; at least 16 visible ASCII characters. */
  public AdminServer authorizedByToken(String token) {
    return authorizedBy(new BearerToken(token));
  }

  /** Authorizes whom {@code rule} accepts; a rule that throws accepts nobody. Replaces an earlier rule. */
  public AdminServer authorizedBy(Predicate<EndpointRequest> rule) {
    return new AdminServer(port, address, rule, limits, tls);
  }

  /** Replaces the limits. */
  public AdminServer limits(AdminLimits replacement) {
    return new AdminServer(port, address, authorization, replacement, tls);
  }

  /** Speaks TLS and nothing else; by default plain HTTP, as on a port that only the cluster reaches. */
  public AdminServer tls(AdminTls encryption) {
    return new AdminServer(port, address, authorization, limits, encryption);
  }

  /**
   * Starts to listen.
   *
   * @throws IllegalStateException if the port is taken or not allowed, or the address isn't this machine's, or the files of
   *     {@link #tls} can't be served; the message names what to change
   */
  public RunningAdminServer start(EndpointTable endpoints, EventBus events, TimeSource time) {
    return RunningAdminServer.start(this, endpoints, events, time);
  }

  int port() {
    return port;
  }

  String address() {
    return address;
  }

  AdminLimits limits() {
    return limits;
  }

  @Nullable
  AdminTls tls() {
    return tls;
  }

  boolean authorizes(EndpointRequest request) {
    try {
      return authorization.test(request);
    } catch (RuntimeException | Error refused) {
      // A rule of the user's that can't decide must not open the door, nor leave a client without
      // an answer.
      return false;
    }
  }

  @Override
  public String toString() {
    return "AdminServer on " + (address.isEmpty() ? "*" : address) + ":" + port
        + (tls == null ? "" : ", " + tls);
  }
}
