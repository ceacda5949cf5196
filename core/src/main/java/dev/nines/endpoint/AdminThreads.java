package dev.nines.endpoint;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Daemon threads with names, for they must neither keep the JVM alive nor stay unknown in a thread dump. */
final class AdminThreads {

  private AdminThreads() {}

  static ThreadFactory named(String name) {
    return task -> daemon(name, task);
  }

  static ThreadFactory numbered(String prefix) {
    AtomicInteger number = new AtomicInteger();
    return task -> daemon(prefix + "-" + number.incrementAndGet(), task);
  }

  private static Thread daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
