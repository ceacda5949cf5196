package dev.nines.benchmarks.load;

import java.nio.file.Path;
import java.util.List;

/**
 * A server that is compared.
 *
 * @param name in tables
 * @param path that is asked for
 * @param command that starts it, without the port, which comes last
 */
record Stack(String name, String path, List<String> command) {

  Stack {
    command = List.copyOf(command);
  }

  /** Returns {@link HelloServer}, of this kind. */
  static Stack ofJdk(String name, String path, String kind) {
    return new Stack(
        name,
        path,
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dsun.net.httpserver.nodelay=true",
            "-Xmx512m",
            "-cp",
            System.getProperty("java.class.path"),
            HelloServer.class.getName(),
            kind));
  }
}
