package dev.nines.ops.verdict;

import java.time.Instant;

/** Something that went wrong during a watch. */
record Incident(Instant time, String what) {}
