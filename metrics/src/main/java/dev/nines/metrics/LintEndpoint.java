package dev.nines.metrics;

import dev.nines.endpoint.AcceptItem;
import dev.nines.endpoint.Endpoint;
import dev.nines.endpoint.EndpointRequest;
import dev.nines.endpoint.EndpointResponse;
import dev.nines.metrics.lint.Exposure;
import dev.nines.metrics.lint.Finding;
import dev.nines.metrics.lint.MetricsLint;
import dev.nines.metrics.lint.Severity;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /metrics/lint}: what is wrong with the metrics, as JSON, or as text for who prefers it. Strangers are told how many
 * findings there are; what they are is for the authorized, for label values and names tell much of a service.
 */
final class LintEndpoint implements Endpoint {

  private static final String JSON = "application/json";
  private static final String TEXT = "text/plain";

  private final Supplier<Exposure> exposure;

  LintEndpoint(Supplier<Exposure> exposure) {
    this.exposure = exposure;
  }

  @Override
  public String path() {
    return "/metrics/lint";
  }

  @Override
  public EndpointResponse handle(EndpointRequest request) {
    Exposure now = exposure.get();
    List<Finding> findings = MetricsLint.check(now);
    EndpointResponse response = prefersText(request.header("accept"))
        ? EndpointResponse.text(200, text(findings, request.authorized()))
        : EndpointResponse.json(200, json(now, findings, request.authorized()));
    return response.withHeader("Vary", "Accept");
  }

  private static byte[] json(Exposure now, List<Finding> findings, boolean authorized) {
    // Asked for here and not in a field, so that it is not made at each service's start.
    JsonMapper mapper = JsonMapper.shared();
    ObjectNode body = mapper.createObjectNode();
    body.put("status", findings.isEmpty() ? "clean" : "findings");
    for (Severity severity : Severity.values()) {
      body.put(severity.label() + "s", count(findings, severity));
    }
    body.put("series", now.series());
    body.put("maxSeries", now.maxSeries());
    if (authorized) {
      ArrayNode list = body.putArray("findings");
      findings.forEach(finding -> describe(list.addObject(), finding));
    }
    return mapper.writeValueAsBytes(body);
  }

  private static void describe(ObjectNode node, Finding finding) {
    node.put("rule", finding.rule());
    node.put("metric", finding.metric());
    node.put("severity", finding.severity().label());
    node.put("message", finding.message());
    node.put("fix", finding.fix());
  }

  private static String text(List<Finding> findings, boolean authorized) {
    StringBuilder text = new StringBuilder();
    text.append(count(findings, Severity.ERROR)).append(" errors, ");
    text.append(count(findings, Severity.WARNING)).append(" warnings\n");
    if (authorized) {
      for (Finding finding : findings) {
        text.append(finding.severity().label()).append(' ').append(finding.metric());
        text.append(" (").append(finding.rule()).append("): ").append(finding.message());
        text.append(' ').append(finding.fix()).append('\n');
      }
    }
    return text.toString();
  }

  private static long count(List<Finding> findings, Severity severity) {
    return findings.stream().filter(finding -> finding.severity() == severity).count();
  }

  private static boolean prefersText(@Nullable String accept) {
    return accept != null && quality(accept, TEXT) > quality(accept, JSON);
  }

  private static double quality(String accept, String type) {
    return AcceptItem.parse(accept).stream()
        .filter(item -> item.value().equals(type))
        .mapToDouble(AcceptItem::quality)
        .max()
        .orElse(0);
  }
}
