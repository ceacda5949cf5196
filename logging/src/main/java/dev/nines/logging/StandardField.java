package dev.nines.logging;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;

/** The fields that mean the same in each line; no key of a user's takes their names. */
enum StandardField {
  TIMESTAMP(64),
  LEVEL(16),
  MESSAGE(16 * 1024),
  LOGGER(512),
  THREAD(512),
  SERVICE(512),
  VERSION(512),
  ENVIRONMENT(512),
  TRACE_ID(64),
  SPAN_ID(64),
  EVENT_TYPE(512),
  ERROR_TYPE(1024),
  ERROR_MESSAGE(4 * 1024),
  STACK_TRACE(20 * 1024),
  FIELDS_OMITTED(64);

  private static final Set<String> NAMES =
      Arrays.stream(values()).map(field -> field.key.getValue()).collect(Collectors.toSet());

  private final SerializableString key = new SerializedString(name().toLowerCase(Locale.ROOT));
  private final int mostBytes;

  StandardField(int mostBytes) {
    this.mostBytes = mostBytes;
  }

  static boolean isReserved(String name) {
    return NAMES.contains(name);
  }

  SerializableString key() {
    return key;
  }

  /** Returns how many bytes of a line it may take; what is longer is cut. Their sum leaves 18 KiB for other fields. */
  int mostBytes() {
    return mostBytes;
  }
}
