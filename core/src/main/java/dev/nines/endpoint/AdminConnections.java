package dev.nines.endpoint;

import dev.nines.time.TimeSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.core5.http.HeaderElements;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponseInterceptor;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.impl.nio.DefaultHttpResponseWriterFactory;
import org.apache.hc.core5.http.impl.nio.ServerHttp1IOEventHandler;
import org.apache.hc.core5.http.impl.nio.ServerHttp1StreamDuplexer;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.http.protocol.HttpProcessor;
import org.apache.hc.core5.http.protocol.HttpProcessorBuilder;
import org.apache.hc.core5.http.protocol.RequestConformance;
import org.apache.hc.core5.http.protocol.RequestValidateHost;
import org.apache.hc.core5.http.protocol.ResponseConnControl;
import org.apache.hc.core5.http.protocol.ResponseContent;
import org.apache.hc.core5.http.protocol.ResponseDate;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOEventHandler;
import org.apache.hc.core5.reactor.IOEventHandlerFactory;
import org.apache.hc.core5.reactor.ProtocolIOSession;
import org.jspecify.annotations.Nullable;

/**
 * All connections of one admin server: takes new ones in, makes room when there are too many, and cuts those that are
 * past their deadline.
 *
 * <p>Connections are made on the reading thread alone; they are looked after by the sweeping thread.
 */
final class AdminConnections implements IOEventHandlerFactory {

  private static final int BUFFER_BYTES = 4_096;

  /** Also for the refusals that the library itself writes. */
  private static final HttpResponseInterceptor NO_STORE = (response, entity, context) -> {
    if (!response.containsHeader("Cache-Control")) {
      response.setHeader("Cache-Control", "no-store");
    }
  };

  /**
   * The library hangs up after each 503, as one who is overloaded should. Here it is also what an unhealthy instance answers
   * its probers, who come again, and for whom a new connection each time would make health slow just when it matters.
   */
  private static final HttpResponseInterceptor KEEP_PROBERS = (response, entity, context) -> {
    if (response.getCode() == HttpStatus.SC_SERVICE_UNAVAILABLE) {
      response.removeHeaders(HttpHeaders.CONNECTION);
      HttpRequest request = HttpCoreContext.cast(context).getRequest();
      if (!DefaultConnectionReuseStrategy.INSTANCE.keepAlive(request, response, context)) {
        response.setHeader(HttpHeaders.CONNECTION, HeaderElements.CLOSE);
      }
    }
  };

  private final AdminServer server;
  private final EndpointTable endpoints;
  private final Lanes lanes;
  private final @Nullable ReloadingTls tls;
  private final TimeSource time;
  private final Http1Config http;
  private final HttpProcessor processor = processor();
  private final Set<AdminConnection> open = ConcurrentHashMap.newKeySet();

  AdminConnections(
      AdminServer server,
      EndpointTable endpoints,
      Lanes lanes,
      @Nullable ReloadingTls tls,
      TimeSource time) {
    this.server = server;
    this.endpoints = endpoints;
    this.lanes = lanes;
    this.tls = tls;
    this.time = time;
    this.http = Http1Config.custom()
        .setBufferSize(BUFFER_BYTES)
        .setMaxLineLength(server.limits().headBytes() / 2)
        .setMaxHeaderCount(server.limits().headers())
        .setMaxEmptyLineCount(2)
        .build();
  }

  /** Takes a connection in. Its clock runs already while hands are shaken. */
  @Override
  public IOEventHandler createHandler(ProtocolIOSession session, Object attachment) {
    RequestClock clock =
        new RequestClock(server.limits(), time, () -> session.close(CloseMode.IMMEDIATE));
    AdminConnection connection =
        new AdminConnection(session, clock, serve(session, clock), open::remove);
    if (open.size() >= server.limits().connections() && !makeRoom()) {
      session.close(CloseMode.IMMEDIATE);
    } else {
      open.add(connection);
      if (tls != null) {
        tls.start(session);
      }
    }
    return connection;
  }

  private ServerHttp1IOEventHandler serve(ProtocolIOSession session, RequestClock clock) {
    return new ServerHttp1IOEventHandler(new ServerHttp1StreamDuplexer(
        session,
        processor,
        (request, context) -> new AdminExchange(clock, server, endpoints, lanes),
        tls == null ? "http" : "https",
        http,
        null,
        DefaultConnectionReuseStrategy.INSTANCE,
        new HeadParser(http, server.limits().headBytes()),
        DefaultHttpResponseWriterFactory.INSTANCE.create(),
        null,
        null,
        clock,
        null));
  }

  int size() {
    return open.size();
  }

  void cutOverdue() {
    long now = time.nanos();
    open.stream()
        .filter(connection -> connection.clock().overdue(now))
        .forEach(AdminConnection::cut);
  }

  /** Drops what a reactor that died has left. */
  void forgetAll() {
    open.forEach(AdminConnection::cut);
    open.clear();
  }

  private boolean makeRoom() {
    long now = time.nanos();
    Optional<AdminConnection> oldest = open.stream()
        .filter(connection -> connection.clock().expendable(now))
        .max(Comparator.comparingLong(connection -> connection.clock().age(now)));
    oldest.ifPresent(connection -> {
      open.remove(connection);
      connection.cut();
    });
    return oldest.isPresent();
  }

  private static HttpProcessor processor() {
    return HttpProcessorBuilder.create()
        .add(ResponseDate.INSTANCE)
        .add(NO_STORE)
        .add(ResponseContent.INSTANCE)
        .add(ResponseConnControl.INSTANCE)
        .add(KEEP_PROBERS)
        .add(RequestValidateHost.INSTANCE)
        .add(RequestConformance.INSTANCE)
        .build();
  }
}
