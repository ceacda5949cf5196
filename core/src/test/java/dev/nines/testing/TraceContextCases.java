package dev.nines.testing;

import static dev.nines.testing.TraceContextCase.PARENT_ID;
import static dev.nines.testing.TraceContextCase.TRACEPARENT;
import static dev.nines.testing.TraceContextCase.TRACE_ID;
import static dev.nines.testing.TraceContextCase.goesOn;
import static dev.nines.testing.TraceContextCase.startsAnew;
import static dev.nines.testing.TraceContextCase.state;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Every rule of W3C Trace Context, level 2, as a table, and with them the cases of the W3C's own harness.
 *
 * @see <a href="https://github.com/w3c/trace-context/tree/main/test">the harness</a>
 */
public final class TraceContextCases {

  private static final String IDS = TRACE_ID + "-" + PARENT_ID;
  private static final String KEY = "abcdefghijklmnopqrstuvwxyz0123456789_-*/";
  private static final String VALUE = IntStream.rangeClosed(' ', '~')
      .filter(c -> c != ',' && c != '=')
      .mapToObj(Character::toString)
      .collect(Collectors.joining());

  private TraceContextCases() {}

  public static Stream<TraceContextCase> all() {
    return Stream.of(
            traceparents(),
            versions(),
            brokenTraceparents(),
            flags(),
            names(),
            tracestates(),
            spaces(),
            keys(),
            values(),
            members(),
            cuts(),
            attacks())
        .flatMap(List::stream);
  }

  /** Returns what reaches nobody through a server that makes spaces of control characters, as the JDK's does. */
  public static Stream<TraceContextCase> uncleaned() {
    return Stream.of(
        startsAnew("NUL after traceparent", parent("00-" + IDS + "-01\0")),
        startsAnew("a line's end after traceparent", parent("00-" + IDS + "-01\r\n")),
        state("a value has no tab within", "", line("foo=b\tr,bar=3")),
        state("a value has no line's end", "", line("foo=b\r\nSet-Cookie: x")));
  }

  private static String parent(String value) {
    return "traceparent: " + value;
  }

  private static String line(String value) {
    return "tracestate: " + value;
  }

  /** Returns members {@code prefix01=01,…}, each of them {@code length} characters long. */
  private static String many(String prefix, int from, int to, int length) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(i -> "%s%02d=%02d".formatted(prefix, i, i))
        .map(member -> member + "v".repeat(Math.max(0, length - member.length())))
        .collect(Collectors.joining(","));
  }

  private static List<TraceContextCase> traceparents() {
    return List.of(
        startsAnew("no header at all starts a trace"),
        goesOn("a traceparent alone goes on", parent("00-" + IDS + "-01"), "01"),
        startsAnew(
            "two traceparents are none",
            parent("00-12345678901234567890123456789012-1234567890123456-01"),
            parent("00-12345678901234567890123456789011-1234567890123456-01")),
        startsAnew(
            "the same traceparent twice is none, and takes tracestate with it",
            parent("00-" + IDS + "-01"),
            parent("00-" + IDS + "-01"),
            line("foo=1")),
        startsAnew(
            "an empty line beside a traceparent is a second one",
            parent("00-" + IDS + "-01"),
            parent("")),
        startsAnew(
            "traceparents joined by a proxy are none",
            parent("00-" + IDS + "-01,00-" + IDS + "-01")),
        startsAnew(
            "later versions joined by a proxy are none",
            parent("cc-" + IDS + "-01, cc-" + IDS + "-01")),
        startsAnew("an empty traceparent is none", parent("")),
        startsAnew("a tracestate without a traceparent is discarded", line("foo=1,bar=2")),
        startsAnew(
            "a tracestate beside a bad traceparent is discarded", parent("00-x"), line("foo=1")));
  }

  private static List<TraceContextCase> versions() {
    return List.of(
        startsAnew("version 00 ends after its flags", parent("00-" + IDS + "-01.")),
        startsAnew("version 00 knows no more parts", parent("00-" + IDS + "-01-what-will-be")),
        startsAnew("version 00 ends without a dash", parent("00-" + IDS + "-01-")),
        goesOn("a later version goes on as 00", parent("cc-" + IDS + "-01"), "01"),
        goesOn("a later version may have more parts", parent("cc-" + IDS + "-01-what-will"), "01"),
        goesOn("a later version may end with a dash", parent("01-" + IDS + "-00-"), "00"),
        goesOn("the last version that may be", parent("fe-" + IDS + "-01"), "01"),
        startsAnew("a later version parts with dashes", parent("cc-" + IDS + "-01.what-will")),
        startsAnew("a later version has two digits of flags", parent("cc-" + IDS + "-011")),
        startsAnew("a later version is no shorter", parent("cc-" + IDS + "-0")),
        new TraceContextCase(
            "a later version keeps tracestate",
            List.of(parent("cc-" + IDS + "-01-x"), line("foo=1")),
            true,
            "01",
            "foo=1",
            false),
        startsAnew("version ff is invalid", parent("ff-" + IDS + "-01")),
        startsAnew("version ff is invalid with more parts, too", parent("ff-" + IDS + "-01-x")),
        startsAnew("a version is hexadecimal", parent(".0-" + IDS + "-01")),
        startsAnew("a version is hexadecimal in both digits", parent("0.-" + IDS + "-01")),
        startsAnew("a version is lower case", parent("CC-" + IDS + "-01")),
        startsAnew("a version has two digits, not three", parent("000-" + IDS + "-01")),
        startsAnew("a version has two digits, not four", parent("0000-" + IDS + "-01")),
        startsAnew("a version has two digits, not one", parent("0-" + IDS + "-01")));
  }

  private static List<TraceContextCase> brokenTraceparents() {
    return Stream.of(
            "00000000000000000000000000000000-1234567890123456-01",
            ".2345678901234567890123456789012-1234567890123456-01",
            "1234567890123456789012345678901.-1234567890123456-01",
            "1234567890123456789012345678901A-1234567890123456-01",
            "123456789012345678901234567890123-1234567890123456-01",
            "1234567890123456789012345678901-1234567890123456-01",
            "12345678901234567890123456789012-0000000000000000-01",
            "12345678901234567890123456789012-.234567890123456-01",
            "12345678901234567890123456789012-123456789012345.-01",
            "12345678901234567890123456789012-123456789012345F-01",
            "12345678901234567890123456789012-12345678901234567-01",
            "12345678901234567890123456789012-123456789012345-01",
            "12345678901234567890123456789012-1234567890123456-.0",
            "12345678901234567890123456789012-1234567890123456-0.",
            "12345678901234567890123456789012-1234567890123456-0A",
            "12345678901234567890123456789012-1234567890123456-001",
            "12345678901234567890123456789012-1234567890123456-1",
            "12345678901234567890123456789012-1234567890123456-",
            "12345678901234567890123456789012-1234567890123456",
            "12345678901234567890123456789012.1234567890123456-01",
            "12345678901234567890123456789012-1234567890123456.01",
            "12345678901234567890123456789012 1234567890123456 01")
        .flatMap(rest -> Stream.of("00", "cc")
            .map(version -> startsAnew(
                "invalid: " + version + "-" + rest, parent(version + "-" + rest), line("foo=1"))))
        .toList();
  }

  private static List<TraceContextCase> flags() {
    return List.of(
        goesOn("not sampled stays so", parent("00-" + IDS + "-00"), "00"),
        goesOn("sampled stays so", parent("00-" + IDS + "-01"), "01"),
        goesOn("the random flag is kept", parent("00-" + IDS + "-02"), "02"),
        goesOn("the random flag is kept beside sampled", parent("00-" + IDS + "-03"), "03"),
        goesOn("reserved flags go out as zero", parent("00-" + IDS + "-ff"), "03"),
        goesOn("reserved flags don't hide sampled", parent("00-" + IDS + "-09"), "01"),
        goesOn("reserved flags aren't sampled", parent("00-" + IDS + "-fc"), "00"));
  }

  private static List<TraceContextCase> names() {
    return List.of(
        startsAnew("trace-parent is another header", "trace-parent: 00-" + IDS + "-01"),
        startsAnew("trace.parent is another header", "trace.parent: 00-" + IDS + "-01"),
        goesOn("TraceParent is traceparent", "TraceParent: 00-" + IDS + "-01", "01"),
        goesOn("TrAcEpArEnT is traceparent", "TrAcEpArEnT: 00-" + IDS + "-01", "01"),
        goesOn("TRACEPARENT is traceparent", "TRACEPARENT: 00-" + IDS + "-01", "01"),
        startsAnew(
            "two traceparents in different case are two",
            "TRACEPARENT: 00-" + IDS + "-01",
            TRACEPARENT),
        state("trace-state is another header", "", "trace-state: foo=1"),
        state("trace.state is another header", "", "trace.state: foo=1"),
        state("TraceState is tracestate", "foo=1", "TraceState: foo=1"),
        state("TrAcEsTaTe is tracestate", "foo=1", "TrAcEsTaTe: foo=1"),
        state("TRACESTATE is tracestate", "foo=1", "TRACESTATE: foo=1"));
  }

  private static List<TraceContextCase> tracestates() {
    return List.of(
        state("a tracestate goes on", "foo=1,bar=2", line("foo=1,bar=2")),
        state("an empty one is legal and not sent on", "", line("")),
        state("one of nothing but commas is not sent on", "", line(" , ,,\t,")),
        state("an empty line after another is legal", "foo=1", line("foo=1"), line("")),
        state("an empty line before another is legal", "foo=1", line(""), line("foo=1")),
        state("empty members are legal", "foo=1,bar=2", line(",foo=1,,, ,bar=2,")),
        state(
            "more than 32 members are legal as long as 32 aren't empty",
            "foo=1,bar=2",
            line("foo=1" + ",".repeat(40) + "bar=2")),
        state(
            "several lines are one list in their order",
            "foo=1,bar=2,rojo=1,congo=2,baz=3",
            line("foo=1,bar=2"),
            line("rojo=1,congo=2"),
            line("baz=3")),
        state("of a key twice the first counts", "foo=1", line("foo=1,foo=1")),
        state("of a key with two values the first counts", "foo=1", line("foo=1,foo=2")),
        state("of a key in two lines the first counts", "foo=1", line("foo=1"), line("foo=1")),
        state("of a key in two lines with two values, too", "foo=1", line("foo=1"), line("foo=2")),
        state("a key twice, far apart", "foo=1,bar=2,baz=3", line("foo=1,bar=2,baz=3,foo=4")),
        state("a key that begins like another", "foo=1,foobar=2,fo=3", line("foo=1,foobar=2,fo=3")),
        state("one bad member makes all none", "", line("foo=1,bar,baz=3")),
        state("one bad line makes all none", "", line("foo=1"), line("BAR=2")));
  }

  private static List<TraceContextCase> spaces() {
    String ids = "00-" + IDS + "-01";
    return List.of(
        goesOn("a space before traceparent", parent(" " + ids), "01"),
        goesOn("a tab before traceparent", parent("\t" + ids), "01"),
        goesOn("a space after traceparent", parent(ids + " "), "01"),
        goesOn("a tab after traceparent", parent(ids + "\t"), "01"),
        goesOn("spaces and tabs around traceparent", parent("\t " + ids + " \t"), "01"),
        goesOn("spaces around a later version", parent(" cc-" + IDS + "-01 \t"), "01"),
        startsAnew("a space within traceparent", parent("00 -" + IDS + "-01")),
        state("around commas", "foo=1,bar=2,baz=3", line("foo=1 \t , \t bar=2, \t baz=3")),
        state("tabs around commas", "foo=1,bar=2,baz=3", line("foo=1\t \t,\t \tbar=2,\t \tbaz=3")),
        state("a space before tracestate", "foo=1", line(" foo=1")),
        state("a tab before tracestate", "foo=1", line("\tfoo=1")),
        state("a space after tracestate", "foo=1", line("foo=1 ")),
        state("a tab after tracestate", "foo=1", line("foo=1\t")),
        state("spaces and tabs around tracestate", "foo=1", line("\t foo=1 \t")),
        state("a value keeps its leading spaces", "foo=  1", line("foo=  1")));
  }

  private static List<TraceContextCase> keys() {
    String tenant = "t".repeat(241) + "@" + "v".repeat(14);
    return List.of(
        state("all characters of a key and a value", KEY + "=" + VALUE, line(KEY + "=" + VALUE)),
        state("all characters of a key with @", KEY + "@a-z0-9_-*/=1", line(KEY + "@a-z0-9_-*/=1")),
        state("a key may begin with a digit", "1foo=1,2=2", line("1foo=1,2=2")),
        state("a key may end with @", "foo@=1,bar=2", line("foo@=1,bar=2")),
        state("a key may have @ twice", "foo@@bar=1,bar=2", line("foo@@bar=1,bar=2")),
        state("a key may have @ apart", "foo@bar@baz=1,bar=2", line("foo@bar@baz=1,bar=2")),
        state("a key can't begin with @", "", line("@foo=1,bar=2")),
        state("a key can't begin with _", "", line("_foo=1,bar=2")),
        state("a key is lower case", "", line("FOO=1")),
        state("a key has no dot", "", line("foo.bar=1")),
        state("a key has no space within", "", line("fo o=1")),
        state("a key has no space after", "", line("foo =1")),
        state("a key has no tab after", "", line("foo\t=1")),
        state("a key can't be missing", "", line("=1,bar=2")),
        state("a member can't be a key alone", "", line("foo")),
        state(
            "256 characters of key",
            "foo=1," + "z".repeat(256) + "=1",
            line("foo=1"),
            line("z".repeat(256) + "=1")),
        state("257 characters of key", "", line("foo=1"), line("z".repeat(257) + "=1")),
        state(
            "241 of tenant, 14 of system",
            "foo=1," + tenant + "=1",
            line("foo=1"),
            line(tenant + "=1")),
        state(
            "242 of tenant",
            "foo=1," + "t".repeat(242) + "@v=1",
            line("foo=1"),
            line("t".repeat(242) + "@v=1")),
        state(
            "15 of system",
            "foo=1,t@" + "v".repeat(15) + "=1",
            line("foo=1"),
            line("t@" + "v".repeat(15) + "=1")),
        state(
            "257 with @", "", line("foo=1"), line("t".repeat(242) + "@" + "v".repeat(14) + "=1")));
  }

  private static List<TraceContextCase> values() {
    return List.of(
        state("a value has no equals sign", "", line("foo=bar=baz")),
        state("a value can't end with an equals sign", "", line("foo=bar=")),
        state("a value can't be empty", "", line("foo=,bar=3")),
        state("a value can't be white space", "", line("foo= ,bar=3")),
        state("256 characters of value", "foo=" + "v".repeat(256), line("foo=" + "v".repeat(256))),
        state("257 characters of value", "", line("foo=" + "v".repeat(257) + ",bar=1")),
        state(
            "white space after 256 characters",
            "foo=" + "v".repeat(256),
            line("foo=" + "v".repeat(256) + "  ")));
  }

  private static List<TraceContextCase> members() {
    return List.of(
        state(
            "32 members over four lines",
            many("bar", 1, 32, 0),
            line(many("bar", 1, 10, 0)),
            line(many("bar", 11, 20, 0)),
            line(many("bar", 21, 30, 0)),
            line(many("bar", 31, 32, 0))),
        state(
            "33 members make it none",
            "",
            line(many("bar", 1, 30, 0)),
            line(many("bar", 31, 33, 0))));
  }

  private static List<TraceContextCase> cuts() {
    String head = many("a", 1, 4, 127); // 4 * 127 + 3 commas = 511
    String big = "big=" + "v".repeat(125); // 129
    String fits = "fit=" + "v".repeat(124); // 128
    return List.of(
        state("512 characters go on", head.concat("v"), line(head.concat("v"))),
        state(
            "white space doesn't count when it is not sent", head, line(head.replace(",", " , "))),
        state("of 513 the last member goes", many("a", 1, 3, 127), line(head + "vv")),
        state("members go from the right", many("b", 1, 10, 50), line(many("b", 1, 20, 50))),
        state("the one over 128 goes first", head, line(big + "," + head)),
        state(
            "in the middle, too",
            "x=1," + head.substring(0, 383),
            line("x=1," + big + "," + head.substring(0, 383))),
        state("at the end, too", head, line(head + "," + big)),
        state(
            "one of 128 is no larger than others",
            fits + "," + many("a", 1, 3, 127),
            line(fits + "," + head)),
        state(
            "of several large ones the last goes, and no more than must",
            "l1=" + "v".repeat(250) + ",x=1,y=2",
            line("l1=" + "v".repeat(250) + ",x=1,l2=" + "v".repeat(250) + ",y=2,l3="
                + "v".repeat(250))),
        state(
            "large ones first, then from the right",
            many("c", 1, 5, 100),
            line(big + "," + many("c", 1, 6, 100))),
        state(
            "a legal member of more than 512 alone",
            "",
            line("k".repeat(256) + "=" + "v".repeat(256))),
        state(
            "a legal member of more than 512 beside another",
            "x=1",
            line("k".repeat(256) + "=" + "v".repeat(256) + ",x=1")));
  }

  private static List<TraceContextCase> attacks() {
    String spaces = " ".repeat(20_000);
    return Stream.of(
            startsAnew("NUL in traceparent", parent("00-" + IDS + "-0\0")),
            startsAnew(
                "é in traceparent",
                parent("00-é2345678901234567890123456789012-" + PARENT_ID + "-01")),
            startsAnew(
                "a digit of another script",
                parent("00-\u06612345678901234567890123456789012-x-01")),
            startsAnew("an escape in traceparent", parent("\u001b[31m00-" + IDS + "-01")),
            startsAnew("100,000 characters of traceparent", parent("00-" + "1".repeat(100_000))),
            startsAnew("100,000 dashes", parent("-".repeat(100_000))),
            goesOn(
                "100,000 characters of a later version",
                parent("cc-" + IDS + "-01-" + "x".repeat(100_000)),
                "01"),
            goesOn("20,000 spaces before traceparent", parent(spaces + "00-" + IDS + "-01"), "01"),
            startsAnew(
                "60 traceparents",
                Stream.generate(() -> parent("00-" + IDS + "-01"))
                    .limit(60)
                    .toArray(String[]::new)),
            state("NUL in a key", "", line("fo\0=1")),
            state("NUL in a value", "", line("foo=\0")),
            state("é in a value", "", line("foo=é")),
            state("é in a key", "", line("é=1")),
            state("DEL in a value", "", line("foo=\u007f")),
            state("an escape in a value", "", line("foo=\u001b[31m")),
            state("100,000 characters of tracestate", "", line("foo=" + "v".repeat(100_000))),
            state("100,000 commas", "", line("foo=1" + ",".repeat(100_000))),
            state("20,000 spaces", "", line("foo=1," + spaces + "bar=2")),
            state("2,000 members", "", line(many("k", 1, 2_000, 0))),
            state(
                "60 empty lines",
                "foo=1",
                Stream.concat(Stream.generate(() -> line("")).limit(60), Stream.of(line("foo=1")))
                    .toArray(String[]::new)),
            state(
                "150 lines",
                "",
                IntStream.range(0, 150).mapToObj(i -> line("k" + i + "=1")).toArray(String[]::new)))
        .map(TraceContextCase::orRefused)
        .toList();
  }
}
