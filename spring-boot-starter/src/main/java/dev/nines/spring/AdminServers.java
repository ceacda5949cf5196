package dev.nines.spring;

import dev.nines.endpoint.AdminServer;
import dev.nines.endpoint.BearerToken;
import dev.nines.endpoint.EndpointRequest;
import java.util.function.Predicate;

/** What {@code nines.admin} says of an admin server. */
final class AdminServers {

  private AdminServers() {}

  static AdminServer of(int port, NinesProperties.Admin admin) {
    AdminServer server = AdminServer.onPort(port).authorizedBy(authorization(admin));
    return admin.address() == null ? server : server.boundTo(admin.address());
  }

  /** Returns who may see details and change things: nobody, unless there is a token. */
  static Predicate<EndpointRequest> authorization(NinesProperties.Admin admin) {
    String token = admin.token();
    return token == null || token.isEmpty() ? request -> false : new BearerToken(token);
  }
}
