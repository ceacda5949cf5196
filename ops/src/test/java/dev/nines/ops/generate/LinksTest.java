package dev.nines.ops.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinksTest {

  private final Links links = new Links(
      URI.create("https://wiki.example.org/runbooks/"), URI.create("https://grafana.example.org"));

  @Test
  void aRunbookIsNamedLikeItsAlert() {
    assertThat(Links.runbookFile("NinesErrorBurn")).isEqualTo("runbooks/nines-error-burn.md");
    assertThat(links.runbook("NinesErrorBurn"))
        .isEqualTo("https://wiki.example.org/runbooks/nines-error-burn.md");
  }

  @Test
  void aDashboardIsNamedLikeItsServiceWithinGrafanasLimit() {
    assertThat(links.dashboard("checkout"))
        .isEqualTo("https://grafana.example.org/d/nines-checkout");
    String one = Links.dashboardUid("a".repeat(99) + "1");
    assertThat(one).hasSize(40).isNotEqualTo(Links.dashboardUid("a".repeat(99) + "2"));
  }

  @Test
  void whatIsNoAddressOrTellsAPasswordIsRefused() {
    for (String address : List.of("runbooks", "file:/x", "javascript:alert(1)", "https:/x")) {
      assertThatThrownBy(() -> new Links(URI.create(address), URI.create("https://x.org")))
          .hasMessageStartingWith("runbooks: " + address + " (expected: an address such as");
    }
    assertThatThrownBy(
            () -> new Links(URI.create("https://x.org"), URI.create("https://me:secret@x.org")))
        .hasMessageContaining("dashboards")
        .hasMessageNotContaining("secret");
  }
}
