package dev.nines.logging;

/**
 * Finds keys and tokens that their issuers have made recognizable: by a prefix, and by the characters that follow. Each
 * method is called at the rarest character of a prefix and looks at a bounded number of characters before it decides; what
 * it has found is passed over, so that the time stays linear.
 *
 * @see <a href="https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/">GitHub's
 *     tokens</a>
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html">AWS's identifiers</a>
 * @see <a href="https://docs.stripe.com/keys">Stripe's keys</a>
 * @see <a href="https://docs.slack.dev/authentication/tokens">Slack's tokens</a>
 */
final class VendorKeys {

  /** GitHub's have 36 characters behind the prefix; nothing else begins so. */
  private static final int LEAST_GITHUB = 20;

  private static final int LEAST_STRIPE = 10;

  /** A table named {@code pk_live_…} has a shorter name of letters alone. */
  private static final int LEAST_STRIPE_LETTERS = 24;

  private static final int LEAST_WEBHOOK_SECRET = 16;
  private static final int LEAST_SLACK = 10;
  private static final int LEAST_GOOGLE = 30;
  private static final int LEAST_GOOGLE_CLIENT = 20;
  private static final int AWS_ID = 16;
  private static final int LEAST_JWT_HEADER = 12;
  private static final int LEAST_JWT_REST = 10;

  private VendorKeys() {}

  /** GitHub's {@code ghp_…} and {@code github_pat_…}, Stripe's {@code sk_live_…} and {@code whsec_…}. */
  static long atUnderscore(String text, int at) {
    if (at >= 3 && isGitHub(text, at)) {
      return key(text, at - 3, at + 1, LEAST_GITHUB, Chars.ALNUM);
    }
    if (Chars.endsWith(text, at, "github_pat")) {
      return key(
          text, at - "github_pat".length(), at + 1, LEAST_GITHUB, Chars.ALNUM | Chars.UNDERSCORE);
    }
    if (Chars.endsWith(text, at, "whsec")) {
      return key(
          text, at - "whsec".length(), at + 1, LEAST_WEBHOOK_SECRET, Chars.BASE64 | Chars.EQUALS);
    }
    return Chars.endsWith(text, at, "k_live") || Chars.endsWith(text, at, "k_test")
        ? stripe(text, at)
        : Span.NONE;
  }

  private static boolean isGitHub(String text, int at) {
    return text.charAt(at - 2) == 'h'
        && text.charAt(at - 3) == 'g'
        && "pousr".indexOf(text.charAt(at - 1)) >= 0;
  }

  private static long stripe(String text, int at) {
    int from = at - "sk_live".length();
    if (from < 0 || "srp".indexOf(text.charAt(from)) < 0 || !Chars.beginsWord(text, from)) {
      return Span.NONE;
    }
    int body = at + 1;
    int looked = Math.min(text.length(), body + LEAST_STRIPE_LETTERS);
    boolean plain =
        Chars.end(text, body, looked, Chars.LOWER) == Chars.end(text, body, looked, Chars.ALNUM);
    int least = plain ? LEAST_STRIPE_LETTERS : LEAST_STRIPE;
    return key(text, from, body, least, Chars.ALNUM);
  }

  /** Slack's {@code xoxb-…} and {@code xapp-…}, and the secrets of Google's OAuth clients. */
  static long atDash(String text, int at) {
    if (at >= 4 && Chars.endsWith(text, at - 1, "xox") && Chars.is(text, at - 1, Chars.LOWER)
        || Chars.endsWith(text, at, "xapp")) {
      int kinds = Chars.BASE64 | Chars.DASH | Chars.PERCENT | Chars.EQUALS;
      return key(text, at - 4, at + 1, LEAST_SLACK, kinds);
    }
    return Chars.is(text, at - 1, Chars.UPPER) && Chars.endsWith(text, at, "GOCSPX")
        ? key(text, at - "GOCSPX".length(), at + 1, LEAST_GOOGLE_CLIENT, Chars.BASE64_URL)
        : Span.NONE;
  }

  /** Slack's webhooks: what is behind {@code hooks.slack.com/services/}. */
  static long atSlash(String text, int at) {
    if (!Chars.is(text, at - 1, Chars.LOWER) && (at == 0 || text.charAt(at - 1) != '\\')) {
      return Span.NONE;
    }
    int host = at > 0 && text.charAt(at - 1) == '\\' ? at - 1 : at;
    if (!Chars.endsWith(text, host, "hooks.slack.com")
        && !Chars.endsWith(text, host, "hooks.slack-gov.com")) {
      return Span.NONE;
    }
    int kind = Chars.end(text, at + 1, Chars.LETTER);
    int from = kind < text.length() && text.charAt(kind) == '\\' ? kind + 2 : kind + 1;
    int to = from;
    while (to < text.length()
        && (text.charAt(to) == '\\' || Chars.is(text, to, Chars.BASE64_URL | Chars.BASE64))) {
      to++;
    }
    return to - from < LEAST_SLACK ? Span.NONE : Span.of(from, to);
  }

  /** AWS's ids of access keys, {@code AKIA…} and {@code ASIA…}, and Google's API keys, {@code AIza…}. */
  static long atCapitalI(String text, int at) {
    if (text.startsWith("AIza", at - 1)) {
      return key(text, at - 1, at + 3, LEAST_GOOGLE, Chars.BASE64_URL);
    }
    int from = at - 2;
    if (!text.startsWith("AKIA", from)
        && !text.startsWith("ASIA", from)
        && !text.startsWith("ABIA", from)) {
      return Span.NONE;
    }
    boolean begins =
        Chars.beginsWord(text, from) || !Chars.is(text, from - 1, Chars.UPPER | Chars.DIGIT);
    int end = from + 4 + AWS_ID;
    return begins && !Chars.is(text, end, Chars.UPPER | Chars.DIGIT)
        ? key(text, from, from + 4, AWS_ID, Chars.UPPER | Chars.DIGIT)
        : Span.NONE;
  }

  /** Returns whether the digit is the first one of {@code ya29.}, with which Google's OAuth access tokens begin. */
  static boolean isGoogleToken(String text, int digit) {
    return text.charAt(digit) == '2'
        && text.startsWith("ya29.", digit - 2)
        && Chars.beginsWord(text, digit - 2);
  }

  /** Google's access token, the first digit of whose prefix is at {@code digit}. */
  static long googleToken(String text, int digit) {
    return key(text, digit - 2, digit + 3, LEAST_GOOGLE, Chars.BASE64_URL | Chars.DOT);
  }

  /** A JSON Web Token, signed or encrypted: {@code eyJ} is an opening brace and a quote, in Base64. */
  static long atCapitalJ(String text, int at) {
    int from = at - 2;
    if (!text.startsWith("ey", from) || !Chars.beginsWord(text, from)) {
      return Span.NONE;
    }
    int headerEnd = at + 1;
    while (Chars.is(text, headerEnd, Chars.BASE64_URL) && !beginsJwt(text, headerEnd)) {
      headerEnd++;
    }
    if (headerEnd - from < LEAST_JWT_HEADER || !Chars.is(text, headerEnd, Chars.DOT)) {
      return Span.NONE;
    }
    int run = Chars.end(text, headerEnd, Chars.BASE64_URL | Chars.DOT);
    int end = Chars.withoutDots(text, headerEnd, run);
    return end - headerEnd < LEAST_JWT_REST ? Span.NONE : Span.of(from, end);
  }

  /** Where another token may begin the search for this one's end stops, or many beginnings would share one long search. */
  private static boolean beginsJwt(String text, int at) {
    return text.charAt(at) == 'e'
        && text.startsWith("eyJ", at)
        && !Chars.is(text, at - 1, Chars.ALNUM);
  }

  private static long key(String text, int from, int body, int least, int kinds) {
    int enough = body + least;
    return enough <= text.length() && Chars.end(text, body, enough, kinds) == enough
        ? Span.of(from, Chars.end(text, enough, kinds))
        : Span.NONE;
  }
}
