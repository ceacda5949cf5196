package dev.nines.endpoint;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.core5.http.nio.command.ShutdownCommand;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.Command;
import org.apache.hc.core5.reactor.DefaultListeningIOReactor;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.reactor.ListenerEndpoint;
import org.apache.hc.core5.util.TimeValue;

/** One open port: HttpCore's reactor with a thread that accepts and a thread that reads and writes. */
final class AdminListener implements AutoCloseable {

  /** Hundreds of clients may come at once, of which a shorter queue would let most wait for a second. */
  private static final int BACKLOG = 1_024;

  private static final TimeValue FINISH = TimeValue.ofSeconds(1);

  private final DefaultListeningIOReactor reactor;
  private final List<Thread> threads;
  private final InetSocketAddress address;

  private AdminListener(
      DefaultListeningIOReactor reactor, List<Thread> threads, InetSocketAddress address) {
    this.reactor = reactor;
    this.threads = threads;
    this.address = address;
  }

  static InetSocketAddress resolve(AdminServer server) {
    InetSocketAddress address = server.address().isEmpty()
        ? new InetSocketAddress(server.port())
        : new InetSocketAddress(server.address(), server.port());
    if (address.isUnresolved()) {
      throw new IllegalStateException("admin.address: " + server.address()
          + " (expected: an address of this machine; this one is unknown)");
    }
    return address;
  }

  /** Opens the port, or says what is in the way. */
  static AdminListener open(InetSocketAddress address, AdminConnections connections) {
    requireFiles(address);
    List<Thread> threads = new CopyOnWriteArrayList<>();
    DefaultListeningIOReactor reactor = new DefaultListeningIOReactor(
        connections,
        config(),
        remembered(AdminThreads.named("nines-admin-io"), threads),
        remembered(AdminThreads.named("nines-admin-listen"), threads),
        null,
        null,
        null,
        AdminListener::finish);
    reactor.start();
    try {
      InetSocketAddress bound = bind(reactor, address);
      return new AdminListener(reactor, List.copyOf(threads), bound);
    } catch (IOException e) {
      reactor.close(CloseMode.IMMEDIATE);
      throw new IllegalStateException(whatIsInTheWay(address), e);
    }
  }

  InetSocketAddress address() {
    return address;
  }

  boolean alive() {
    return threads.stream().allMatch(Thread::isAlive);
  }

  @Override
  public void close() {
    reactor.initiateShutdown();
    try {
      reactor.awaitShutdown(FINISH);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    reactor.close(CloseMode.IMMEDIATE);
  }

  /** The library leaves a selector open if it can't open the next; tried again and again, that would eat every file. */
  private static void requireFiles(InetSocketAddress address) {
    try (Selector listening = Selector.open();
        Selector reading = Selector.open();
        ServerSocketChannel channel = ServerSocketChannel.open()) {
      // Closed again at once: there was room.
    } catch (IOException e) {
      throw new IllegalStateException(
          "admin.port: " + address.getPort()
              + " can't be opened (expected: a few free file handles)",
          e);
    }
  }

  private static InetSocketAddress bind(
      DefaultListeningIOReactor reactor, InetSocketAddress address) throws IOException {
    Future<ListenerEndpoint> bound = reactor.listen(address);
    try {
      return (InetSocketAddress) bound.get(10, TimeUnit.SECONDS).getAddress();
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("the system did not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Tells a foreign address from a taken port by asking for any free port there. */
  private static String whatIsInTheWay(InetSocketAddress address) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(address.getAddress(), 0));
      return "admin.port: " + address.getPort()
          + " (expected: a free port that this process may open; it is in use or not allowed:"
          + " stop what listens there, or choose another with AdminServer.onPort)";
    } catch (IOException e) {
      return "admin.address: " + address.getHostString()
          + " (expected: an address of this machine; choose another with AdminServer.boundTo)";
    }
  }

  private static IOReactorConfig config() {
    return IOReactorConfig.custom()
        .setIoThreadCount(1)
        .setBacklogSize(BACKLOG)
        .setSoReuseAddress(true)
        .setTcpNoDelay(true)
        .setSelectInterval(TimeValue.ofMilliseconds(250))
        .build();
  }

  private static ThreadFactory remembered(ThreadFactory factory, List<Thread> threads) {
    return task -> {
      Thread thread = factory.newThread(task);
      threads.add(thread);
      return thread;
    };
  }

  private static void finish(IOSession session) {
    session.enqueue(ShutdownCommand.GRACEFUL, Command.Priority.NORMAL);
  }
}
