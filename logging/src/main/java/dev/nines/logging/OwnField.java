package dev.nines.logging;

import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;

/** Fields that only some lines have and whose names are ours, encoded once. None comes twice in a line. */
enum OwnField {
  TENANT("tenant", Source.ANY),
  REQUEST_ID("request_id", Source.ANY),
  ERROR_KIND("error_kind", Source.OURS),
  METHOD("method", Source.OURS),
  ROUTE("route", Source.OURS),
  PATH("path", Source.ANY),
  QUERY("query", Source.ANY),
  STATUS("status", Source.OURS),
  OUTCOME("outcome", Source.OURS),
  DURATION_MS("duration_ms", Source.OURS),
  REQUEST_BYTES("request_bytes", Source.OURS),
  RESPONSE_BYTES("response_bytes", Source.OURS),
  CLIENT("client", Source.ANY),
  USER_AGENT("user_agent", Source.ANY),
  REQUEST_HEADERS("request_headers", Source.ANY),
  SLO_BROKEN("slo_broken", Source.OURS),
  SAMPLE_RATE("sample_rate", Source.OURS),
  DEBUG_OMITTED("debug_omitted", Source.OURS);

  /** Whose the values of a field are. */
  private enum Source {
    /** The service itself: few texts again and again, and no secrets. */
    OURS,
    /** Whoever calls. */
    ANY
  }

  private final String label;
  private final SerializableString name;
  private final boolean ours;

  OwnField(String label, Source source) {
    this.label = label;
    this.name = new SerializedString(label);
    this.ours = source == Source.OURS;
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
