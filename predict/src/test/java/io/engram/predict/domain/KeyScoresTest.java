package io.engram.predict.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engram.predict.domain.KeyScores.Behind;
import org.junit.jupiter.api.Test;

class KeyScoresTest {

  private final KeyScores scores = new KeyScores();

  @Test
  void keysBehindTheSimpleThingAreNamedTheFurthestFirst() {
    for (int i = 0; i < 40; i++) {
      scores.add("good", 1, i % 2, true, 1);
      scores.add("bad", i % 2, 1, true, 1);
      scores.add("worse", 0, 1, true, 1);
      scores.add("even", i % 2, 1 - i % 2, true, 1);
    }
    scores.add("few", 0, 1, true, 1);
    assertThat(scores.behind(10)).extracting(Behind::key).containsExactly("worse", "bad");
    assertThat(scores.behind(1)).containsExactly(new Behind("worse", 40, 0, 1, 1));
  }

  @Test
  void errorsAreComparedByTheirSize() {
    for (int i = 0; i < 40; i++) {
      scores.add("millions", 1.1e12, 1e12, false, 1);
      scores.add("small", 0.03, 0.01, false, 1);
      scores.add("better", 0.5, 1, false, 1);
    }
    assertThat(scores.behind(10)).extracting(Behind::key).containsExactly("small", "millions");
    assertThat(scores.behind(1).get(0).by()).isCloseTo(2, within(1e-9));
  }

  @Test
  void whatChanceMakesIsNotNamed() {
    for (int i = 0; i < 40; i++) {
      scores.add("k", i % 10 < 5 ? 1 : 0, i % 10 > 3 ? 1 : 0, true, 1);
    }
    assertThat(scores.behind(10)).isEmpty();
  }

  @Test
  void aLabelThatIsCorrectedIsTakenOut() {
    for (int i = 0; i < 40; i++) {
      scores.add("k", 0, 1, true, 1);
    }
    for (int i = 0; i < 40; i++) {
      scores.add("k", 0, 1, true, -1);
      scores.add("k", 1, 0, true, 1);
    }
    scores.add("never seen", 0, 1, true, -1);
    assertThat(scores.behind(10)).isEmpty();
  }

  @Test
  void aMillionKeysNeedNoMoreRoom() {
    for (int key = 0; key < 30_000; key++) {
      for (int i = 0; i < KeyScores.FEWEST; i++) {
        scores.add("k" + key, 0, 1, true, 1);
      }
    }
    assertThat(scores.behind(Integer.MAX_VALUE))
        .hasSize(10_000)
        .allMatch(it -> Integer.parseInt(it.key().substring(1)) >= 20_000);
  }
}
