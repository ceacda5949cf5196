package dev.nines.examples.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between the pool and PostgreSQL, and fails for real: when down, it resets every connection, old and new; when
 * slow, each of the database's answers waits.
 *
 * <p>Thread-safe. It needs no signals, and so breaks any PostgreSQL alike, embedded or not.
 */
public final class FaultProxy implements AutoCloseable {

  /** How long an answer waits when slow. */
  public static final Duration DELAY = Duration.ofMillis(250);

  private static final Logger LOG = LoggerFactory.getLogger(FaultProxy.class);
  private static final int BUFFER = 16 * 1024;

  private final String host;
  private final int port;
  private final ServerSocket listener;
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
  private volatile Fault fault = Fault.UP;

  private FaultProxy(String host, int port, ServerSocket listener) {
    this.host = host;
    this.port = port;
    this.listener = listener;
  }

  /** Starts one before a server, on a free port of the loopback address. */
  public static FaultProxy before(String host, int port) {
    try {
      FaultProxy proxy =
          new FaultProxy(host, port, new ServerSocket(0, 0, InetAddress.getLoopbackAddress()));
      inBackground(proxy::accept);
      return proxy;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Returns the port to connect to instead of the server's. */
  public int port() {
    return listener.getLocalPort();
  }

  /** Behaves like this from now on. */
  public void fault(Fault next) {
    fault = next;
    if (next == Fault.DOWN) {
      clients.forEach(this::reset);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    clients.forEach(this::reset);
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = listener.accept();
      // Known before the fault is read, so that going down never misses one.
      clients.add(client);
      inBackground(() -> serve(client));
    }
  }

  private void serve(Socket client) throws IOException, InterruptedException {
    if (fault == Fault.DOWN) {
      // Hears the client out first, as the driver complains in its own way of a reset while it
      // speaks.
      client.getInputStream().read();
      reset(client);
    } else {
      connect(client);
    }
  }

  private void connect(Socket client) throws IOException, InterruptedException {
    try (client;
        Socket server = new Socket(host, port)) {
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      inBackground(() -> pump(server, client, true));
      pump(client, server, false);
    } finally {
      clients.remove(client);
    }
  }

  private void pump(Socket from, Socket to, boolean answers)
      throws IOException, InterruptedException {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (answers && fault == Fault.SLOW) {
          TimeUnit.MILLISECONDS.sleep(DELAY.toMillis());
        }
        out.write(buffer, 0, read);
      }
    }
  }

  private void reset(Socket client) {
    clients.remove(client);
    try (client) {
      // Closing with no time to linger sends a reset, as the kernel of a crashed server does.
      client.setSoLinger(true, 0);
    } catch (IOException closedAlready) {
      LOG.debug("A connection was closed already: {}", closedAlready.getMessage());
    }
  }

  private static void inBackground(Work work) {
    Thread thread = new Thread(() -> untilClosed(work), "fault-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private static void untilClosed(Work work) {
    try {
      work.run();
    } catch (IOException closed) {
      LOG.debug("A connection ended: {}", closed.getMessage());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Moves bytes until one of its sockets is closed, which is its normal end. */
  private interface Work {
    void run() throws IOException, InterruptedException;
  }
}
