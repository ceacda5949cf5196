package dev.nines.benchmarks.load;

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
}
