package dev.nines.endpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.apache.hc.core5.http.impl.nio.ServerHttp1IOEventHandler;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOEventHandler;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.util.Timeout;

/** One connection: the library's HTTP on it, and its clock. Any thread may cut it. */
final class AdminConnection implements IOEventHandler {

  private final IOSession session;
  private final RequestClock clock;
  private final ServerHttp1IOEventHandler http;
  private final Consumer<AdminConnection> gone;

  AdminConnection(
      IOSession session,
      RequestClock clock,
      ServerHttp1IOEventHandler http,
      Consumer<AdminConnection> gone) {
    this.session = session;
    this.clock = clock;
    this.http = http;
    this.gone = gone;
  }

  RequestClock clock() {
    return clock;
  }

  void cut() {
    session.close(CloseMode.IMMEDIATE);
  }

  @Override
  public void connected(IOSession on) throws IOException {
    http.connected(on);
  }

  @Override
  public void inputReady(IOSession on, ByteBuffer input) throws IOException {
    clock.input();
    http.inputReady(on, input);
    if (!http.isOpen()) {
      clock.inputOver();
    }
  }

  @Override
  public void outputReady(IOSession on) throws IOException {
    http.outputReady(on);
  }

  @Override
  public void timeout(IOSession on, Timeout timeout) throws IOException {
    http.timeout(on, timeout);
  }

  @Override
  public void exception(IOSession on, Exception cause) {
    http.exception(on, cause);
  }

  @Override
  public void disconnected(IOSession on) {
    gone.accept(this);
    http.disconnected(on);
  }
}
