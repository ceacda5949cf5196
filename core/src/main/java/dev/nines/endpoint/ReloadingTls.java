package dev.nines.endpoint;

import dev.nines.telemetry.Event;
import dev.nines.telemetry.EventBus;
import dev.nines.time.TimeSource;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import org.apache.hc.core5.reactor.ProtocolIOSession;
import org.apache.hc.core5.reactor.ssl.SSLBufferMode;
import org.apache.hc.core5.reactor.ssl.TlsDetails;

/**
 * Shakes hands with what the files hold, and looks now and then whether they hold something else. Reading is left to a
 * thread of its own, since a file system may hang.
 */
final class ReloadingTls implements AutoCloseable {

  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  private final AdminTls tls;
  private final EventBus events;
  private final TimeSource time;
  private final ExecutorService reader = reader();
  private volatile TlsMaterial current;
  private volatile boolean reading;
  private volatile long readAt;

  /** What was told of the last files that could not be served; touched by the reading thread alone. */
  private String told = "";

  /** @throws IllegalStateException if the files can't be served; the message names what to change */
  ReloadingTls(AdminTls tls, EventBus events, TimeSource time) {
    this.tls = tls;
    this.events = events;
    this.time = time;
    this.readAt = time.nanos();
    try {
      current = TlsMaterial.of(tls, TlsMaterial.read(tls));
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      reader.shutdown();
      throw new IllegalStateException(reason(e), e);
    }
  }

  /** Starts TLS on a connection, before its first byte is read. */
  void start(ProtocolIOSession session) {
    session.startTls(
        current.context(),
        null,
        SSLBufferMode.DYNAMIC,
        (endpoint, engine) -> prepare(engine),
        (endpoint, engine) -> settled(engine),
        null);
  }

  private void prepare(SSLEngine engine) {
    engine.setEnabledProtocols(PROTOCOLS);
    if (tls.required()) {
      engine.setNeedClientAuth(true);
    } else if (tls.authorities() != null) {
      engine.setWantClientAuth(true);
    }
  }

  /** A client of TLS 1.2 could else ask for a new handshake again and again, each of which costs us a signature. */
  private static TlsDetails settled(SSLEngine engine) {
    engine.setEnableSessionCreation(false);
    return new TlsDetails(engine.getSession(), null);
  }

  /** Has the files read, if it is time. Never blocks. */
  void look() {
    long now = time.nanos();
    if (!reading && now - readAt >= tls.interval().toNanos()) {
      reading = true;
      readAt = now;
      reader.execute(this::reload);
    }
  }

  private void reload() {
    try {
      TlsMaterial.Read files = TlsMaterial.read(tls);
      if (!files.digest().equals(current.digest())) {
        current = TlsMaterial.of(tls, files);
        events.publish(new Event(
            "admin_tls_reloaded",
            System.Logger.Level.INFO,
            "The admin server serves renewed certificates, until " + current.notAfter(),
            Map.of("not_after", current.notAfter().toString())));
      }
      told = "";
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      keep(reason(e), e);
    } finally {
      reading = false;
    }
  }

  private void keep(String reason, Exception cause) {
    if (!reason.equals(told)) {
      told = reason;
      events.publish(new Event(
          "admin_tls_kept",
          System.Logger.Level.WARNING,
          "The admin server's certificates were changed and can't be served; those before go on, until "
              + current.notAfter() + ": " + reason,
          Map.of("reason", reason, "not_after", current.notAfter().toString()),
          cause));
    }
  }

  private String reason(Exception e) {
    if (e instanceof NoSuchFileException) {
      return "admin.tls: " + e.getMessage() + " (expected: a file that is there)";
    }
    String message = String.valueOf(e.getMessage());
    return message.startsWith("admin.tls")
        ? message
        : "admin.tls: " + tls.files() + " (expected: certificates and a key that can be read): "
            + message;
  }

  @Override
  public void close() {
    reader.shutdownNow();
  }

  private static ExecutorService reader() {
    ThreadPoolExecutor one = new ThreadPoolExecutor(
        1,
        1,
        1,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(),
        AdminThreads.named("nines-admin-tls"));
    one.allowCoreThreadTimeOut(true);
    return one;
  }
}
