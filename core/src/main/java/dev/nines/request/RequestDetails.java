package dev.nines.request;

import org.jspecify.annotations.Nullable;

/** What an adapter may tell of a request beside its method, route and headers; made when it tells the first of it. */
final class RequestDetails {

  /** Of a request of which nothing was told; never written to. */
  static final RequestDetails NONE = new RequestDetails();

  @Nullable
  String target;

  @Nullable
  String query;

  @Nullable
  String scheme;

  @Nullable
  String protocol;

  /** An address as text, or as the socket has it. */
  @Nullable
  Object client;

  long requestBytes = -1;
  long responseBytes = -1;
}
