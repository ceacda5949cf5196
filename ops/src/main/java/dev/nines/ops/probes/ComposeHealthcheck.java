package dev.nines.ops.probes;

import dev.nines.derive.ProbeTimings;
import dev.nines.derive.Settings;

/**
 * The health check of a container that Docker runs. Compose asks it before it starts what depends on the service, so it
 * asks for readiness; Swarm kills a container that fails it, so there it must ask for liveness, and never for more.
 *
 * @param timings derived
 * @param service its name in Compose
 * @param adminPort the admin server's, in the container; plain HTTP
 * @param path what is asked
 * @see <a href="https://docs.docker.com/reference/compose-file/services/#healthcheck">Compose: healthcheck</a>
 */
public record ComposeHealthcheck(ProbeTimings timings, String service, int adminPort, String path) {

  public ComposeHealthcheck {
    Require.name(service);
    Require.port(adminPort);
  }

  /** Returns the check for Compose, which never restarts by it. */
  public static ComposeHealthcheck of(Settings settings, String service, int adminPort) {
    return new ComposeHealthcheck(settings.probes(), service, adminPort, "/ready");
  }

  /** Returns the same for Swarm, and whatever else restarts what is unhealthy. */
  public ComposeHealthcheck restarting() {
    return new ComposeHealthcheck(timings, service, adminPort, "/live");
  }

  /** Returns what belongs into a compose file. The image needs {@code wget}, as BusyBox has it. */
  public String yaml() {
    return "services:\n"
        + "  " + service + ":\n"
        + "    healthcheck:\n"
        + "      test: " + command() + "\n"
        + "      interval: " + timings.periodSeconds() + "s\n"
        + "      timeout: " + timings.timeoutSeconds() + "s\n"
        + "      retries: " + timings.failureThreshold() + "\n"
        + "      start_period: " + startSeconds() + "s\n"
        + "    stop_grace_period: " + timings.graceSeconds() + "s\n";
  }

  /** Returns the same as an instruction of a Dockerfile, which knows no grace. */
  public String dockerfile() {
    return "HEALTHCHECK --interval=" + timings.periodSeconds()
        + "s --timeout=" + timings.timeoutSeconds()
        + "s --retries=" + timings.failureThreshold()
        + " --start-period=" + startSeconds() + "s \\\n"
        + "  CMD " + command().replace("\"CMD\", ", "") + "\n";
  }

  private int startSeconds() {
    return timings.startupFailureThreshold() * timings.periodSeconds();
  }

  private String command() {
    return "[\"CMD\", \"wget\", \"-q\", \"-O\", \"/dev/null\", \"http://127.0.0.1:" + adminPort
        + path + "\"]";
  }
}
