package dev.nines.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CandidatesTest {

  @Test
  void nobodyIsSureToHaveComeMoreOftenThanItDid() {
    Candidates candidates = new Candidates(10);
    Map<String, Long> exact = new HashMap<>();
    Random random = new Random(7);
    for (int i = 0; i < 50_000; i++) {
      String id = "t" + (int) Math.abs(random.nextGaussian() * 30);
      exact.merge(id, 1L, Long::sum);
      Candidates.Candidate counted = candidates.count(id);
      assertThat(counted.id()).isEqualTo(id);
      assertThat(counted.sure()).isBetween(1L, exact.get(id));
      assertThat(candidates.size()).isLessThanOrEqualTo(10);
    }
  }

  @Test
  void whoComesOftenIsKnownAmongAMillionThatComeOnce() {
    Candidates candidates = new Candidates(100);
    for (int i = 0; i < 1_000_000; i++) {
      candidates.count("forged-" + i);
      if (i % 50 == 0) {
        candidates.count("acme");
      }
    }

    assertThat(candidates.size()).isEqualTo(100);
    assertThat(candidates.strongest().id()).isEqualTo("acme");
    assertThat(candidates.strongest().sure()).isGreaterThan(19_000);
  }

  @Test
  void whoIsRemovedOrAtNothingIsForgotten() {
    Candidates candidates = new Candidates(4);
    for (String id : "a a a a b b c d d d".split(" ")) {
      candidates.count(id);
    }
    candidates.remove(candidates.count("b"));
    assertThat(candidates.size()).isEqualTo(3);
    candidates.halve();

    assertThat(candidates.size()).isEqualTo(2);
    assertThat(candidates.strongest().id()).isEqualTo("a");
    assertThat(candidates.strongest().sure()).isEqualTo(2);
    assertThat(candidates.count("c").sure()).isEqualTo(1);
  }
}
