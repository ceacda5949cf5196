package dev.nines.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FamiliarTest {

  private final Familiar familiar = new Redaction(Set.of()).familiar();

  @Test
  void fourTextsOfOnePlaceDoNotDriveEachOtherOut() {
    List<String> sameHash = List.of("AaAa", "AaBB", "BBAa", "BBBB");
    assertThat(sameHash).extracting(String::hashCode).containsOnly("AaAa".hashCode());
    List<Familiar.Known> first = sameHash.stream().map(familiar::of).toList();

    for (int again = 0; again < 3; again++) {
      for (int i = 0; i < first.size(); i++) {
        assertThat(familiar.of(sameHash.get(i))).isSameAs(first.get(i));
      }
    }
  }

  @Test
  void theFifthTakesThePlaceOfTheOldest() {
    List<String> sameHash = List.of("AaAaAa", "AaAaBB", "AaBBAa", "AaBBBB", "BBAaAa");
    List<Familiar.Known> known = sameHash.stream().map(familiar::of).toList();

    assertThat(familiar.of(sameHash.get(4))).isSameAs(known.get(4));
    assertThat(familiar.of(sameHash.get(1))).isSameAs(known.get(1));
    assertThat(familiar.of(sameHash.get(0))).isNotSameAs(known.get(0)).isEqualTo(known.get(0));
  }
}
