package dev.nines.trace;

import org.jspecify.annotations.Nullable;

/** A {@link LateSpan} below that of a request, which keeps its calls as a chain of themselves: a list would cost each request. */
public interface LateCall extends LateSpan {

  /** Returns the call that was kept before this one, or null. */
  @Nullable
  LateCall before();

  /** Sets {@link #before}; by whoever keeps it, until that has succeeded. */
  void before(@Nullable LateCall kept);
}
