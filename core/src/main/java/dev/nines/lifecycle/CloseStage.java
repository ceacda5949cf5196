package dev.nines.lifecycle;

/** When something is closed during the graceful shutdown; within a stage, the last registered goes first. */
public enum CloseStage {
  /** After the drain: what requests needed, such as pools and servers. */
  DRAINED,
  /** Then: what tells of requests, such as spans and log appenders. */
  TELEMETRY,
  /** At last: what the platform still asks, such as the admin server. */
  LAST
}
