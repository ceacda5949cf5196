package dev.nines.health.checks;

import dev.nines.dependency.Check;
import dev.nines.dependency.CheckResult;
import dev.nines.dependency.CheckRun;
import java.io.IOException;

/** See {@link TlsChecks#handshake}. */
final class TlsHandshakeCheck implements Check {

  private final TlsHandshake handshake;

  TlsHandshakeCheck(TlsHandshake handshake) {
    this.handshake = handshake;
  }

  @Override
  public CheckResult run(CheckRun run) throws IOException {
    handshake.shake(run);
    return CheckResult.healthy();
  }
}
