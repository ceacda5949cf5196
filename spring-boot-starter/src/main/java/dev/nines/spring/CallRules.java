package dev.nines.spring;

import dev.nines.Feature;
import dev.nines.FeatureContext;
import dev.nines.dependency.Guard;
import dev.nines.trace.Tracing;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says to which dependency an HTTP call belongs: that which its attribute {@value #ATTRIBUTE} names, else that at whose address
 * it goes. Clients are built before Nines opens, for a check may be made of one; until then no call belongs to any.
 * Thread-safe.
 */
final class CallRules implements Feature {

  /** The attribute of a request that names its dependency. */
  static final String ATTRIBUTE = "dev.nines.dependency";

  private static final System.Logger LOG = System.getLogger("dev.nines.spring");

  private final Map<String, List<String>> addresses;
  private volatile @Nullable Known known;

  private record Known(Tracing tracing, DependencyAddresses addresses, Map<String, Guard> guards) {}

  /** @param addresses declared, by dependency */
  CallRules(Map<String, List<String>> addresses) {
    this.addresses = addresses;
  }

  @Override
  public String name() {
    return "spring-calls";
  }

  @Override
  public void install(FeatureContext context) {
    known = new Known(
        context.tracing(),
        DependencyAddresses.of(context.dependencies(), addresses),
        DependencyAddresses.guards(context.dependencies()));
  }

  /** Returns what traces calls; null before Nines opens. */
  @Nullable
  Tracing tracing() {
    Known now = known;
    return now == null ? null : now.tracing();
  }

  /** Returns what guards a call; null if it belongs to no dependency. */
  @Nullable
  Guard guard(URI uri, Map<String, Object> attributes) {
    Known now = known;
    if (now == null) {
      return null;
    }
    Object named = attributes.get(ATTRIBUTE);
    if (named == null) {
      return now.addresses().guard(uri);
    }
    Guard guard = now.guards().get(named.toString());
    if (guard == null) {
      LOG.log(
          System.Logger.Level.WARNING,
          "{0}: {1} (expected: one of {2}); the call is not guarded",
          ATTRIBUTE,
          named,
          now.guards().keySet());
    }
    return guard;
  }
}
