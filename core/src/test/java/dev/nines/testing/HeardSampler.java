package dev.nines.testing;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A sampler that takes none, and remembers what it was told of each span. */
public final class HeardSampler implements Sampler {

  private final List<Map<String, Object>> heard = new ArrayList<>();

  /** Returns the attributes of each span that it was asked about. */
  public List<Map<String, Object>> heard() {
    return heard;
  }

  @Override
  public SamplingResult shouldSample(
      Context parent,
      String traceId,
      String name,
      SpanKind kind,
      Attributes attributes,
      List<LinkData> links) {
    Map<String, Object> told = new TreeMap<>();
    attributes.forEach((key, value) -> told.put(key.getKey(), value));
    heard.add(told);
    return SamplingResult.drop();
  }

  @Override
  public String getDescription() {
    return "HeardSampler";
  }
}
