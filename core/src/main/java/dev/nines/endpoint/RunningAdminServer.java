package dev.nines.endpoint;

import dev.nines.telemetry.Event;
import dev.nines.telemetry.EventBus;
import dev.nines.time.TimeSource;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An {@link AdminServer} that listens. Its threads are daemons named {@code nines-admin-…}: one that listens, one that
 * reads and writes, one that cuts who takes too long, and at most two for each endpoint.
 *
 * <p>Thread-safe. {@link #close} lets answers that are under way finish for up to a second.
 */
public final class RunningAdminServer implements AutoCloseable {

  /** How much later than its deadline a connection is cut at most. */
  private static final Duration SWEEP = Duration.ofMillis(250);

  private final AdminConnections connections;
  private final Lanes lanes;
  private final @Nullable ReloadingTls tls;
  private final EventBus events;
  private final ScheduledExecutorService sweeper;
  private AdminListener listener;
  private boolean closed;
  private volatile boolean troubled;

  private RunningAdminServer(
      AdminConnections connections,
      Lanes lanes,
      @Nullable ReloadingTls tls,
      EventBus events,
      AdminListener listener) {
    this.connections = connections;
    this.lanes = lanes;
    this.tls = tls;
    this.events = events;
    this.listener = listener;
    this.sweeper =
        Executors.newSingleThreadScheduledExecutor(AdminThreads.named("nines-admin-sweep"));
  }

  static RunningAdminServer start(
      AdminServer server, EndpointTable endpoints, EventBus events, TimeSource time) {
    Lanes lanes = new Lanes();
    InetSocketAddress address = AdminListener.resolve(server);
    AdminTls declared = server.tls();
    ReloadingTls tls = declared == null ? null : new ReloadingTls(declared, events, time);
    AdminConnections connections = new AdminConnections(server, endpoints, lanes, tls, time);
    AdminListener listener = AdminListener.open(address, connections);
    RunningAdminServer running = new RunningAdminServer(connections, lanes, tls, events, listener);
    running.sweeper.scheduleWithFixedDelay(
        running::sweep, SWEEP.toMillis(), SWEEP.toMillis(), TimeUnit.MILLISECONDS);
    return running;
  }

  /** Returns the port it listens on, also when a free one was asked for. */
  public synchronized int port() {
    return listener.address().getPort();
  }

  /** Returns the number of connections that are open. */
  public int connections() {
    return connections.size();
  }

  /** Stops to listen, and closes every connection. May be called again. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    sweeper.shutdownNow();
    listener.close();
    lanes.close();
    if (tls != null) {
      tls.close();
    }
  }

  private void sweep() {
    try {
      connections.cutOverdue();
      revive();
      if (tls != null) {
        tls.look();
      }
      troubled = false;
    } catch (RuntimeException e) {
      // A scheduled task that throws is never run again, and then nobody would be cut any more.
      tell("admin_trouble", "The admin server has trouble and tries again", e);
      troubled = true;
    }
  }

  private void tell(String type, String message, @Nullable Throwable cause) {
    if (!troubled) {
      events.publish(
          new Event(type, System.Logger.Level.WARNING, message, Map.of("port", port()), cause));
    }
  }

  /**
   * Opens the port again when a thread of the library below has died, as it does when accepting fails because the
   * process is out of files: the probes must come back when the files do.
   */
  private synchronized void revive() {
    if (closed || listener.alive()) {
      return;
    }
    InetSocketAddress address = listener.address();
    listener.close();
    connections.forgetAll();
    listener = AdminListener.open(address, connections);
    troubled = false;
    tell("admin_reopened", "The admin server had stopped to listen and was opened again", null);
  }
}
