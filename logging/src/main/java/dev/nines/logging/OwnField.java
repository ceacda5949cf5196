package dev.nines.logging;

import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;

/** Fields that only some lines have and whose names are ours, encoded once. None comes twice in a line. */
enum OwnField {
  TENANT("tenant", Values.ANY),
  REQUEST_ID("request_id", Values.ANY),
  ERROR_KIND("error_kind", Values.OURS),
  METHOD("method", Values.OURS),
  ROUTE("route", Values.OURS),
  PATH("path", Values.ANY),
  QUERY("query", Values.ANY),
  STATUS("status", Values.OURS),
  OUTCOME("outcome", Values.OURS),
  DURATION_MS("duration_ms", Values.OURS),
  REQUEST_BYTES("request_bytes", Values.OURS),
  RESPONSE_BYTES("response_bytes", Values.OURS),
  CLIENT("client", Values.ANY),
  USER_AGENT("user_agent", Values.ANY),
  REQUEST_HEADERS("request_headers", Values.ANY),
  SLO_BROKEN("slo_broken", Values.OURS),
  SAMPLE_RATE("sample_rate", Values.OURS),
  DEBUG_OMITTED("debug_omitted", Values.OURS);

  /** Where what stands in a field comes from. */
  private enum Values {
    /** The service itself: few texts again and again, and no secrets. */
    OURS,
    /** Whoever calls. */
    ANY
  }

  private final String label;
  private final SerializableString name;
  private final boolean ours;

  OwnField(String label, Values values) {
    this.label = label;
    this.name = new SerializedString(label);
    this.ours = values == Values.OURS;
  }

  String label() {
    return label;
  }

  SerializableString encoded() {
    return name;
  }

  /** Returns whether its values are the service's own: a few texts that come again and again, and never a secret. */
  boolean isOurs() {
    return ours;
  }
}
