package io.engram.core.continual;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Algorithm 1 of continual backprop on three units, by hand: η = ½, m = 2. */
class UnitTurnoverTest {

  private static final float[] GIVEN = {9, 4, 2, 6};

  private static UnitTurnover turnover(float replacement) {
    return new UnitTurnover(3, new ContinualBackprop.Settings(1, 0.1f, replacement, 2, 0.5f));
  }

  private static float[][] stored(UnitTurnover turnover) {
    float[][] stored = new float[2][4];
    turnover.store(stored[0], stored[1], 1);
    return stored;
  }

  @Test
  void utilitiesAreRunningAveragesOfWhatUnitsGive() {
    UnitTurnover turnover = turnover(0f);
    turnover.after(GIVEN, 1);
    assertThat(stored(turnover)[0]).containsExactly(0, 2, 1, 3);
    turnover.after(GIVEN, 1);
    assertThat(stored(turnover)[0]).containsExactly(0, 3, 1.5f, 4.5f);
    assertThat(stored(turnover)[1]).containsExactly(0, 2, 2, 2);
  }

  @Test
  void theLeastUsefulOfThoseThatAreMatureBeginsAnewWhenMoreThanOneIsDue() {
    UnitTurnover turnover = turnover(0.25f);
    assertThat(turnover.after(GIVEN, 1)).isEqualTo(UnitTurnover.NONE);
    assertThat(turnover.after(GIVEN, 1)).isEqualTo(UnitTurnover.NONE);
    assertThat(turnover.due()).as("nobody is older than 2").isZero();
    assertThat(turnover.after(GIVEN, 1)).isEqualTo(UnitTurnover.NONE);
    assertThat(turnover.due()).as("three of them, a quarter each").isEqualTo(0.75);
    assertThat(turnover.after(GIVEN, 1)).isEqualTo(1);
    assertThat(turnover.due()).isEqualTo(0.5);
    // u = 4, 2, 6 times 1 − 2⁻⁴; the second begins anew.
    assertThat(stored(turnover)[0]).containsExactly(0, 3.75f, 0, 5.625f);
    assertThat(stored(turnover)[1]).containsExactly(0, 3, 0, 3);
  }

  @Test
  void aUnitThatBeganAnewIsSafeUntilItIsMature() {
    UnitTurnover turnover = turnover(0.25f);
    for (int step = 1; step <= 4; step++) {
      turnover.after(GIVEN, 1);
    }
    // Two are mature and half a unit more is due: exactly 1 is not more than 1.
    assertThat(turnover.after(GIVEN, 1)).isEqualTo(UnitTurnover.NONE);
    assertThat(turnover.after(GIVEN, 1)).as("the less useful of the other two").isZero();
  }

  @Test
  void noneBeginsAnewWhereNoneShould() {
    UnitTurnover turnover = turnover(0f);
    for (int step = 1; step <= 100; step++) {
      assertThat(turnover.after(GIVEN, 1)).isEqualTo(UnitTurnover.NONE);
    }
  }
}
