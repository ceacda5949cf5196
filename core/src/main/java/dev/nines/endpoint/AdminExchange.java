package dev.nines.endpoint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.impl.BasicEntityDetails;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.apache.hc.core5.http.nio.AsyncServerExchangeHandler;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.ResponseChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer: collected on the reading thread, handled in the endpoint's lane, written by the reading
 * thread as fast as the client reads.
 */
final class AdminExchange implements AsyncServerExchangeHandler {

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  /** Over TLS the library encrypts all it is given at once, under the lock of the connection that the reading thread needs. */
  private static final int PIECE_BYTES = 64 * 1_024;

  private final RequestClock clock;
  private final AdminServer server;
  private final EndpointTable endpoints;
  private final Lanes lanes;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);
  private @Nullable Incoming incoming;
  private boolean refused;
  private volatile ByteBuffer unsent = NOTHING;
  private volatile boolean over;
  private volatile boolean answering;
  private volatile @Nullable Future<?> running;
  private volatile @Nullable Future<?> coming;

  private record Incoming(HttpRequest request, ResponseChannel channel, HttpContext context) {}

  AdminExchange(RequestClock clock, AdminServer server, EndpointTable endpoints, Lanes lanes) {
    this.clock = clock;
    this.server = server;
    this.endpoints = endpoints;
    this.lanes = lanes;
  }

  @Override
  public void handleRequest(
      HttpRequest request,
      @Nullable EntityDetails entity,
      ResponseChannel channel,
      HttpContext context)
      throws HttpException, IOException {
    Incoming in = new Incoming(request, channel, context);
    incoming = in;
    if (entity == null) {
      requestComplete(in);
    } else if (entity.getContentLength() > server.limits().bodyBytes()) {
      refuse(in, 413, "body too large\n");
    } else if (request.containsHeader("Expect")) {
      channel.sendInformation(new BasicHttpResponse(100), context);
    }
  }

  @Override
  public void updateCapacity(CapacityChannel capacity) throws IOException {
    capacity.update(Integer.MAX_VALUE);
  }

  @Override
  public void consume(ByteBuffer input) throws IOException {
    if (!refused && body.size() + input.remaining() <= server.limits().bodyBytes()) {
      byte[] bytes = new byte[input.remaining()];
      input.get(bytes);
      body.write(bytes);
      return;
    }
    input.position(input.limit());
    Incoming in = incoming;
    if (!refused && in != null) {
      refuse(in, 413, "body too large\n");
    }
  }

  @Override
  public void streamEnd(@Nullable List<? extends Header> trailers) {
    Incoming in = incoming;
    if (!refused && in != null) {
      requestComplete(in);
    }
  }

  @Override
  public int available() {
    return unsent.remaining();
  }

  @Override
  public void produce(DataStreamChannel channel) throws IOException {
    ByteBuffer rest = unsent;
    if (rest.hasRemaining()) {
      ByteBuffer piece = rest.slice(rest.position(), Math.min(rest.remaining(), PIECE_BYTES));
      rest.position(rest.position() + channel.write(piece));
    }
    if (!rest.hasRemaining()) {
      channel.endStream();
    }
  }

  @Override
  public void failed(Exception cause) {
    releaseResources();
  }

  /** Also called when the client has gone or was cut: then nobody waits for the endpoint any more. */
  @Override
  public void releaseResources() {
    over = true;
    Future<?> task = running;
    // Once it answers, an interrupt would hit the channel, and close it under the last bytes.
    if (task != null && !answering) {
      task.cancel(true);
    }
    Future<?> answer = coming;
    if (answer != null) {
      answer.cancel(true);
    }
    unsent = NOTHING;
  }

  private void requestComplete(Incoming in) {
    clock.requestComplete();
    EndpointRequest request = RequestReader.read(
        in.request, body.toByteArray(), HttpCoreContext.cast(in.context).getSSLSession());
    if (request == null) {
      refuse(in, 400, "bad request\n");
    } else if (!endpoints.has(request.path())) {
      send(in, endpoints.handle(request));
    } else {
      handInLane(in, request);
    }
  }

  private void handInLane(Incoming in, EndpointRequest request) {
    try {
      running = lanes.submit(request.path(), () -> handle(in, request));
    } catch (RejectedExecutionException full) {
      refused = true;
      send(
          in,
          EndpointResponse.text(503, "too many requests wait here\n")
              .withHeader("Retry-After", "1"));
    }
    if (over) {
      releaseResources();
    }
  }

  private void handle(Incoming in, EndpointRequest request) {
    if (over) {
      return;
    }
    CompletableFuture<EndpointResponse> answer =
        endpoints.handleLater(request.withAuthorized(server.authorizes(request)));
    if (!answer.isDone()) {
      clock.waits();
      coming = answer;
    }
    answer.thenAccept(response -> answer(in, response));
    if (over) {
      answer.cancel(true);
    }
  }

  private void answer(Incoming in, EndpointResponse response) {
    answering = true;
    if (coming != null) {
      clock.answers();
    }
    send(in, response);
  }

  private void refuse(Incoming in, int status, String why) {
    refused = true;
    send(in, EndpointResponse.text(status, why));
  }

  private void send(Incoming in, EndpointResponse response) {
    boolean bodiless = response.status() == 204 || response.status() == 304;
    HttpResponse head = new BasicHttpResponse(response.status());
    response.headers().forEach(head::setHeader);
    if (!bodiless) {
      head.setHeader("Content-Type", response.contentType());
      unsent = ByteBuffer.wrap(response.body());
    }
    EntityDetails entity = bodiless ? null : new BasicEntityDetails(response.body().length, null);
    try {
      in.channel.sendResponse(head, entity, in.context);
    } catch (HttpException | IOException | RuntimeException clientHasGone) {
      over = true;
    }
  }
}
