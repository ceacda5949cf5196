package dev.nines.health;

import dev.nines.endpoint.Endpoint;
import dev.nines.endpoint.EndpointRequest;
import dev.nines.endpoint.EndpointResponse;

/** Serves one view of the board. */
record ViewEndpoint(View view, Board board) implements Endpoint {

  @Override
  public String path() {
    return view.path();
  }

  @Override
  public EndpointResponse handle(EndpointRequest request) {
    return board.answer(view, request);
  }
}
