package dev.nines.logging;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** The fields that mean the same in each line; no key of a user's takes their names. */
enum StandardField {
  TIMESTAMP("timestamp", "@timestamp", 64),
  LEVEL("level", "log.level", 16),
  LOGGER("logger", "log.logger", 512),
  MESSAGE("message", "message", 16 * 1024),
  THREAD("thread", "process.thread.name", 512),
  SERVICE("service", "service.name", 512),
  VERSION("version", "service.version", 512),
  ENVIRONMENT("environment", "service.environment", 512),
  INSTANCE("instance", "service.node.name", 512),
  TRACE_ID("trace_id", "trace.id", 64),
  SPAN_ID("span_id", "span.id", 64),
  EVENT_TYPE("event_type", "event.action", 512),
  ERROR_TYPE("error_type", "error.type", 1024),
  ERROR_MESSAGE("error_message", "error.message", 4 * 1024),
  STACK_TRACE("stack_trace", "error.stack_trace", 20 * 1024),
  STACK_HASH("stack_hash", "nines.stack_hash", 64),
  ENCODING_ERROR("encoding_error", "nines.encoding_error", 512),
  FIELDS_OMITTED("fields_omitted", "nines.fields_omitted", 64);

  private static final Set<String> NAMES =
      Arrays.stream(values()).map(field -> field.nines).collect(Collectors.toSet());

  private final String nines;
  private final boolean unknownToEcs;
  private final FieldKey key;
  private final int mostBytes;

  StandardField(String nines, String ecs, int mostBytes) {
    this.nines = nines;
    this.unknownToEcs = ecs.startsWith("nines.");
    this.key = new FieldKey(nines, ecs);
    this.mostBytes = mostBytes;
  }

  static boolean isReserved(String name) {
    return NAMES.contains(name);
  }

  /** Returns its name in {@link Layout#NINES}, which is also the one under {@code nines} where ECS has none. */
  String label() {
    return nines;
  }

  /** Returns whether ECS has no such field, so that it stands under {@code nines}. */
  boolean isUnknownToEcs() {
    return unknownToEcs;
  }

  FieldKey key() {
    return key;
  }

  /** Returns how many bytes of a line it may take; what is longer is cut. Their sum leaves 17 KiB for other fields. */
  int mostBytes() {
    return mostBytes;
  }
}
