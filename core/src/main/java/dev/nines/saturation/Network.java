package dev.nines.saturation;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the network interfaces of this process's namespace have carried and lost since they came up, the loopback apart.
 * There is no ratio of it: in a container nobody says how fast the wire is.
 *
 * @param received bytes
 * @param sent bytes
 * @param receiveErrors packets that came in broken
 * @param sendErrors packets that could not be sent
 * @param receiveDropped packets that came in and found no room
 * @param sendDropped packets that were to go out and found no room
 */
public record Network(
    double received,
    double sent,
    double receiveErrors,
    double sendErrors,
    double receiveDropped,
    double sendDropped) {

  private static final String LOOPBACK = "lo";

  /** Columns of {@code /proc/net/dev} behind the colon: bytes packets errs drop …, eight to receive, eight to send. */
  private static final int SEND = 8;

  private static final int ERRORS = 2;
  private static final int DROPPED = 3;
  private static final int COLUMNS = 16;

  static Optional<Network> read(Path root) {
    List<Network> interfaces = KernelFile.lines(root.resolve("proc/net/dev")).stream()
        .flatMap(line -> parse(line).stream())
        .toList();
    return interfaces.stream().reduce(Network::plus);
  }

  private static Optional<Network> parse(String line) {
    int colon = line.indexOf(':');
    if (colon < 0 || line.substring(0, colon).strip().equals(LOOPBACK)) {
      return Optional.empty();
    }
    double[] columns = new double[COLUMNS];
    for (int i = 0; i < COLUMNS; i++) {
      columns[i] = KernelFile.word(line.substring(colon + 1), i);
      if (Double.isNaN(columns[i])) {
        return Optional.empty();
      }
    }
    return Optional.of(new Network(
        columns[0],
        columns[SEND],
        columns[ERRORS],
        columns[SEND + ERRORS],
        columns[DROPPED],
        columns[SEND + DROPPED]));
  }

  private Network plus(Network other) {
    return new Network(
        received + other.received,
        sent + other.sent,
        receiveErrors + other.receiveErrors,
        sendErrors + other.sendErrors,
        receiveDropped + other.receiveDropped,
        sendDropped + other.sendDropped);
  }
}
