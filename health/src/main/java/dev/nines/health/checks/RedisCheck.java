package dev.nines.health.checks;

import dev.nines.dependency.Check;
import dev.nines.dependency.CheckResult;
import dev.nines.dependency.CheckRun;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.CharBuffer;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Asks Redis, or whatever speaks its protocol, with {@code PING}, on a connection of its own; see
 * {@link Checks#redis}. Healthy is what answers {@code PONG}: a server that loads its data, runs an endless script or
 * refuses the credentials says something else.
 *
 * <p>It speaks the protocol itself and needs no client library, so that its time is bounded in connecting, in shaking hands
 * and in reading, and any library may be used beside it, in any version.
 *
 * <p>Immutable and thread-safe: each method returns a new one.
 */
public final class RedisCheck implements Check {

  private static final byte[] PING = Resp.command("PING");

  private final Address address;
  private final @Nullable SSLContext tls;
  private final List<byte[]> before;

  RedisCheck(Address address) {
    this(address, null, List.of());
  }

  private RedisCheck(Address address, @Nullable SSLContext tls, List<byte[]> before) {
    this.address = address;
    this.tls = tls;
    this.before = before;
  }

  /** Sends the password that {@code requirepass} asks for. It is copied, and never shown. */
  public RedisCheck password(char[] password) {
    return new RedisCheck(address, tls, List.of(Resp.command("AUTH", CharBuffer.wrap(password))));
  }

  /** Sends the credentials of a user of the access control list (Redis 6). They are copied, and never shown. */
  public RedisCheck credentials(String user, char[] password) {
    return new RedisCheck(
        address, tls, List.of(Resp.command("AUTH", user, CharBuffer.wrap(password))));
  }

  /**
   * Connects with TLS 1.2 or later; the chain must be trusted by the context, and the certificate made out to the host.
   *
   * @param context decides who is trusted, and what certificate of one's own is shown: the one of the service's client
   */
  public RedisCheck tls(SSLContext context) {
    return new RedisCheck(address, context, before);
  }

  @Override
  public CheckResult run(CheckRun run) throws IOException {
    try (Socket socket =
        tls == null ? address.connect(run) : new TlsHandshake(address, tls).connect(run)) {
      for (byte[] command : before) {
        String reply = ask(socket, command);
        if (!reply.equals("+OK")) {
          return unexpected(reply);
        }
      }
      String reply = ask(socket, PING);
      return reply.equals("+PONG") ? CheckResult.healthy() : unexpected(reply);
    }
  }

  private static String ask(Socket socket, byte[] command) throws IOException {
    socket.getOutputStream().write(command);
    InputStream replies = socket.getInputStream();
    return Resp.line(replies);
  }

  private static CheckResult unexpected(String reply) {
    return CheckResult.unhealthy("answered " + Resp.code(reply) + " (expected: PONG)");
  }
}
