package dev.nines.ops.generate;

import java.net.URI;
import java.util.Locale;

/**
 * Where the links in alerts lead. The names of runbooks and dashboards follow from the names of alerts and services, here and
 * nowhere else.
 *
 * @param runbooks where the directory {@code runbooks/} is published
 * @param dashboards where Grafana is
 */
public record Links(URI runbooks, URI dashboards) {

  public Links {
    requireWeb("runbooks", runbooks);
    requireWeb("dashboards", dashboards);
  }

  /** Returns the file of an alert's runbook below the output directory: {@code runbooks/nines-error-burn.md}. */
  public static String runbookFile(String alert) {
    return "runbooks/" + runbookName(alert);
  }

  /** Returns the address of an alert's runbook. */
  public String runbook(String alert) {
    return under(runbooks, runbookName(alert));
  }

  /** Returns the identifier of a service's dashboard, as it stands in its JSON: at most 40 characters, Grafana's limit. */
  public static String dashboardUid(String service) {
    String uid = "nines-" + service.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]", "-");
    int limit = 40;
    return uid.length() <= limit
        ? uid
        : uid.substring(0, limit - 9) + "-" + String.format("%08x", service.hashCode());
  }

  /** Returns the address of a service's dashboard. */
  public String dashboard(String service) {
    return under(dashboards, "d/" + dashboardUid(service));
  }

  /** Returns the identifier of the dashboard of all services; no service's begins like it. */
  public static String fleetDashboardUid() {
    return "nines_fleet";
  }

  /** Returns the address of the dashboard of all services. */
  public String fleetDashboard() {
    return under(dashboards, "d/" + fleetDashboardUid());
  }

  private static String runbookName(String alert) {
    return alert.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT) + ".md";
  }

  private static String under(URI base, String path) {
    return base.toString().replaceAll("/+$", "") + "/" + path;
  }

  private static void requireWeb(String name, URI address) {
    boolean web = address.isAbsolute()
        && address.getHost() != null
        && ("http".equals(address.getScheme()) || "https".equals(address.getScheme()));
    if (!web) {
      throw new IllegalArgumentException(
          name + ": " + address + " (expected: an address such as https://example.org/runbooks)");
    }
    if (address.getUserInfo() != null) {
      throw new IllegalArgumentException(name + ": an address with user and password"
          + " (expected: none, since links are read by everybody)");
    }
  }
}
