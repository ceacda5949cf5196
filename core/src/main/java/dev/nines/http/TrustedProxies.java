package dev.nines.http;

import dev.nines.request.IpLiteral;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The proxies before this service, whose word on a client's address is taken. Anybody can send a header; so it is read only
 * if the peer itself is one of these, from its end backwards, and the client is the first address there that is none of
 * them. What stands before that, the client may have written itself.
 *
 * <pre>{@code
 * Nines.builder("checkout").trustedProxies(TrustedProxies.of("10.0.0.0/8", "2001:db8:1::/48"))
 * }</pre>
 *
 * <p>{@code X-Forwarded-For} is read, or, after {@link #readingForwarded()}, {@code Forwarded} of RFC 7239: only one of them,
 * for a proxy that sets one passes the other on as it came. An entry that is no address, such as {@code unknown}, ends the
 * search: then the last proxy is the client. At most 32 entries are looked at.
 *
 * <p>A servlet container may do the same itself, as Tomcat's {@code RemoteIpValve} does; then declare none here.
 *
 * <p>Immutable and thread-safe. By default no proxy is trusted, and the client is the peer.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7239#section-5.2">RFC 7239, Forwarded For</a>
 */
public final class TrustedProxies {

  private static final String FORWARDED_FOR = "X-Forwarded-For";
  private static final String FORWARDED = "Forwarded";
  private static final String FOR = "for=";

  /** More hops than any way through proxies has. */
  private static final int MOST_ENTRIES = 32;

  private static final TrustedProxies NONE = new TrustedProxies(List.of(), false);

  private final List<Network> networks;
  private final boolean forwarded;

  private TrustedProxies(List<Network> networks, boolean forwarded) {
    this.networks = networks;
    this.forwarded = forwarded;
  }

  /** Returns the default: nobody's word is taken. */
  public static TrustedProxies none() {
    return NONE;
  }

  /**
   * Trusts proxies with these addresses.
   *
   * @param addresses single ones, or networks in CIDR notation
   * @throws IllegalArgumentException if there is none, or one is neither
   */
  public static TrustedProxies of(String... addresses) {
    if (addresses.length == 0) {
      throw new IllegalArgumentException("trusted proxies: none (expected: at least one address)");
    }
    return new TrustedProxies(Arrays.stream(addresses).map(Network::parse).toList(), false);
  }

  /** Reads {@code Forwarded} in place of {@code X-Forwarded-For}. */
  public TrustedProxies readingForwarded() {
    return new TrustedProxies(networks, true);
  }

  boolean areNone() {
    return networks.isEmpty();
  }

  /** Returns the client's address as its proxies tell it; null if the peer is none of them. */
  <C> @Nullable String client(InetAddress peer, C carrier, TextMapGetter<C> headers) {
    if (!trusts(peer)) {
      return null;
    }
    InetAddress client = peer;
    Deque<String> lines = linesOf(headers.getAll(carrier, forwarded ? FORWARDED : FORWARDED_FOR));
    int entries = 0;
    while (!lines.isEmpty()) {
      String line = lines.removeLast();
      for (int end = line.length(); end >= 0; ) {
        int comma = line.lastIndexOf(',', end - 1);
        InetAddress next = addressOf(line.substring(comma + 1, end).strip());
        if (next == null || ++entries > MOST_ENTRIES) {
          return client.getHostAddress();
        }
        client = next;
        if (!trusts(client)) {
          return client.getHostAddress();
        }
        end = comma;
      }
    }
    return client.getHostAddress();
  }

  private static Deque<String> linesOf(Iterator<String> all) {
    Deque<String> last = new ArrayDeque<>();
    while (all.hasNext()) {
      if (last.size() == MOST_ENTRIES) {
        last.removeFirst();
      }
      last.addLast(all.next());
    }
    return last;
  }

  private boolean trusts(InetAddress address) {
    byte[] bytes = address.getAddress();
    for (Network network : networks) {
      if (network.contains(bytes)) {
        return true;
      }
    }
    return false;
  }

  private @Nullable InetAddress addressOf(String entry) {
    String node = forwarded ? forOf(entry) : entry;
    return node == null ? null : IpLiteral.parse(withoutPort(node));
  }

  /** Returns the node of {@code for=} in an entry such as {@code for="[2001:db8::1]:4711";proto=https}. */
  private static @Nullable String forOf(String entry) {
    for (String pair : entry.split(";", -1)) {
      String trimmed = pair.strip();
      if (trimmed.toLowerCase(Locale.ROOT).startsWith(FOR)) {
        return unquoted(trimmed.substring(FOR.length()));
      }
    }
    return null;
  }

  private static String unquoted(String text) {
    boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
    return quoted ? text.substring(1, text.length() - 1) : text;
  }

  private static String withoutPort(String node) {
    if (node.startsWith("[")) {
      int end = node.indexOf(']');
      return end < 0 ? node : node.substring(1, end);
    }
    int colon = node.indexOf(':');
    boolean ipv4WithPort = colon >= 0 && colon == node.lastIndexOf(':');
    return ipv4WithPort ? node.substring(0, colon) : node;
  }
}
