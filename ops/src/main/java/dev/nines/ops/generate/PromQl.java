package dev.nines.ops.generate;

/** Parts of PromQL. */
public final class PromQl {

  private PromQl() {}

  /** Returns a matcher of one value of a label: {@code route_class="POST /orders"}. */
  public static String equal(String label, String value) {
    return label + "=" + Quoted.text(value);
  }

  /** Returns the series of a name that all matchers find; empty ones are left out. */
  public static String series(String name, String... matchers) {
    StringBuilder all = new StringBuilder();
    for (String matcher : matchers) {
      if (!matcher.isEmpty()) {
        all.append(all.isEmpty() ? "" : ",").append(matcher);
      }
    }
    return all.isEmpty() ? name : name + "{" + all + "}";
  }
}
