package io.engram.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RegretTest {

  @Test
  void differencesAddUp() {
    Regret regret = new Regret();
    assertThat(regret.average()).isNaN();
    regret.add(2.0, 0.5);
    regret.add(1.0, 0.5);
    regret.add(0.25, 0.5);
    assertThat(regret.total()).isCloseTo(1.75, within(1e-12));
    assertThat(regret.average()).isCloseTo(1.75 / 3, within(1e-12));
    assertThat(regret.count()).isEqualTo(3);
  }
}
