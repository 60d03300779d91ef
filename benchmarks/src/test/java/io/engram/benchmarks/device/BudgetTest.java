package io.engram.benchmarks.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BudgetTest {

  private long nanos;

  @Test
  void runsOutAndStaysOut() {
    Budget budget = new Budget(2, () -> nanos);
    assertThat(budget.left()).isEqualTo(2);
    nanos = 1_500_000_000L;
    assertThat(budget.left()).isEqualTo(0.5);
    assertThat(budget.over()).isFalse();
    nanos = 9_000_000_000L;
    assertThat(budget.left()).isZero();
    assertThat(budget.over()).isTrue();
  }

  @Test
  void aPartIsNeverMoreThanWhatIsLeft() {
    Budget budget = new Budget(2, () -> nanos);
    nanos = 1_000_000_000L;
    assertThat(budget.part(5).left()).isEqualTo(1);
    assertThat(budget.part(0.25).left()).isEqualTo(0.25);
  }
}
