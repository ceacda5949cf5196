package dev.nines.health.checks;

import dev.nines.dependency.Check;
import dev.nines.dependency.CheckResult;
import dev.nines.dependency.CheckRun;
import java.io.IOException;
import java.net.Socket;

/** See {@link Checks#tcp}. */
final class TcpCheck implements Check {

  private final Address address;

  TcpCheck(Address address) {
    this.address = address;
  }

  @Override
  public CheckResult run(CheckRun run) throws IOException {
    try (Socket socket = address.connect(run)) {
      return CheckResult.healthy();
    }
  }
}
