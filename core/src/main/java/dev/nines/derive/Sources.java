package dev.nines.derive;

/** Where rules come from that are not ours; each stands in the explanation beside the numbers that follow from it. */
final class Sources {

  static final String OURS = "";
  static final String SRE_WORKBOOK =
      "Google SRE Workbook, chapter 5: https://sre.google/workbook/alerting-on-slos/";
  static final String SRE_BOOK =
      "Google SRE Book, chapter 3: https://sre.google/sre-book/embracing-risk/";
  static final String HTTP_METRICS =
      "OpenTelemetry, HTTP metrics: https://opentelemetry.io/docs/specs/semconv/http/http-metrics/";
  static final String RESILIENCE4J =
      "resilience4j's defaults: https://resilience4j.readme.io/docs/circuitbreaker";
  static final String BINOMIAL = "the binomial distribution's upper tail";
  static final String PROBES =
      "Kubernetes: https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/";
  static final String BACKOFF =
      "AWS, full jitter: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/";
  static final String OVERLOAD =
      "Google SRE Book, chapter 21: https://sre.google/sre-book/handling-overload/";
  static final String LITTLE = "Little's law: J. D. C. Little, Operations Research 9 (1961)";

  static final String TRACE_CONTEXT =
      "W3C Trace Context, privacy and security: https://www.w3.org/TR/trace-context-2/#security-considerations";

  private Sources() {}
}
