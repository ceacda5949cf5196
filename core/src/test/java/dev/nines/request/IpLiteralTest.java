package dev.nines.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IpLiteralTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "192.0.2.7",
        "0.0.0.0",
        "255.255.255.255",
        "2001:db8::1",
        "::",
        "::1",
        "::ffff:192.0.2.7",
        "2001:DB8:0:0:0:0:0:1",
        "1:2:3:4:5:6:7:8"
      })
  void aLiteralIsRead(String literal) throws Exception {
    assertThat(IpLiteral.parse(literal)).isEqualTo(InetAddress.getByName(literal));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "localhost",
        "example.org",
        "192.0.2",
        "3232235777",
        "192.0.2.256",
        "192.0.2.07",
        "192.0.2.7.",
        ".192.0.2.7",
        "192.0.2.7:80",
        "[2001:db8::1]",
        "2001:db8::1%eth0",
        "2001:db8::1::2",
        ":",
        "abcdef",
        "dead.beef",
        "1:2:3:4:5:6:7:8:9",
        "ﬀ::1",
        "١٩٢.0.2.7",
        "unknown",
        "_hidden",
        "0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000"
      })
  void whatIsNoLiteralIsNeitherReadNorLookedUp(String text) {
    assertThat(IpLiteral.parse(text)).isNull();
  }
}
