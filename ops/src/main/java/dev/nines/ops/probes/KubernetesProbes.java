package dev.nines.ops.probes;

import dev.nines.derive.ProbeTimings;
import dev.nines.derive.Settings;

/**
 * A pod's probes and its grace, to be merged into a Deployment. Readiness keeps the detection target in the worst case;
 * liveness asks as often and waits for three failures, since a restart is never urgent; start-up has the declared limit.
 * No {@code preStop} hook: the process itself waits, after SIGTERM.
 *
 * @param timings derived
 * @param container name of the container
 * @param adminPort the admin server's
 * @param scheme HTTP, or HTTPS, where the kubelet doesn't verify the certificate
 * @see <a href="https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/">Kubernetes: probes</a>
 */
public record KubernetesProbes(
    ProbeTimings timings, String container, int adminPort, String scheme) {

  /** Kubernetes' default. */
  private static final int LIVENESS_FAILURES = 3;

  public KubernetesProbes {
    Require.name(container);
    Require.port(adminPort);
  }

  /** Returns the probes of a container whose admin port speaks plain HTTP. */
  public static KubernetesProbes of(Settings settings, String container, int adminPort) {
    return new KubernetesProbes(settings.probes(), container, adminPort, "HTTP");
  }

  /** Returns the same for an admin port that speaks TLS and asks for no client certificate: the kubelet has none. */
  public KubernetesProbes overTls() {
    return new KubernetesProbes(timings, container, adminPort, "HTTPS");
  }

  /** Returns a pod's template in YAML. */
  public String yaml() {
    return "spec:\n"
        + "  terminationGracePeriodSeconds: " + timings.graceSeconds() + "\n"
        + "  containers:\n"
        + "    - name: " + container + "\n"
        + "      ports:\n"
        + "        - name: admin\n"
        + "          containerPort: " + adminPort + "\n"
        + probe("startupProbe", "/startup", timings.startupFailureThreshold())
        + probe("readinessProbe", "/ready", timings.failureThreshold())
        + probe("livenessProbe", "/live", LIVENESS_FAILURES);
  }

  private String probe(String name, String path, int failures) {
    return "      " + name + ":\n"
        + "        httpGet: {path: " + path + ", port: admin, scheme: " + scheme + "}\n"
        + "        periodSeconds: " + timings.periodSeconds() + "\n"
        + "        timeoutSeconds: " + timings.timeoutSeconds() + "\n"
        + "        failureThreshold: " + failures + "\n";
  }
}
