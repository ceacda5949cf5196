package dev.nines.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.targets.ReliabilityTargets;
import org.junit.jupiter.api.Test;

class RouteTableTest {

  private final RouteTable table = new RouteTable(ReliabilityTargets.threeNines());

  private void fill() {
    for (int i = 0; i < RouteTable.CAPACITY; i++) {
      table.declare("/filler/" + i);
    }
  }

  @Test
  void aTemplateIsOneRoute() {
    assertThat(table.route("/orders/{id}")).isSameAs(table.route("/orders/{id}"));
    assertThat(table.all()).extracting(Route::index).containsExactly(0, 1);
  }

  @Test
  void beyondItsBoundRequestsAreFoldedAndEachIsCounted() {
    fill();

    assertThat(table.folded()).isZero();
    assertThat(table.route("/late")).isSameAs(table.other());
    assertThat(table.route("/late")).isSameAs(table.other());
    assertThat(table.folded()).isEqualTo(2);
    assertThat(table.declare("/late")).isNull();
    assertThat(table.all()).hasSize(RouteTable.CAPACITY);
  }

  @Test
  void aTemplateWithoutEndIsNone() {
    assertThat(table.route("/" + "x".repeat(RouteTable.MAX_TEMPLATE))).isSameAs(table.other());
    assertThat(table.folded()).isEqualTo(1);
  }
}
