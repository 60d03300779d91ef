package io.engram.core.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engram.core.guard.Rules.Inputs;
import io.engram.core.network.NetworkSpec;
import io.engram.core.random.RandomStream;
import io.engram.core.task.LogPosition;
import io.engram.core.task.Task;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardTest {

  @Test
  void ordinaryTasksAreBelieved() {
    Tenants tenants = new Tenants(Tenants.RULES).honest(300);
    assertThat(tenants.guard.quarantined()).isEqualTo(Quarantine.NONE);
    assertThat(tenants.guard.past()).isNull();
    assertThat(labels(tenants).deviation(0)).isCloseTo(1, within(0.1));
  }

  @ParameterizedTest
  @ValueSource(doubles = {100, 1e6, 1e20, 1e37})
  void aTaskFarOffIsKeptOutAndNamedAndMovesNothing(double factor) {
    Tenants tenants = new Tenants(Tenants.RULES).honest(50);
    double[] before = labels(tenants).squares().clone();
    Judgement judgement = tenants.send(Tenants.scaled("evil", 1, 1, factor));
    Case kept = judgement.quarantined().orElseThrow();
    assertThat(kept.key()).isEqualTo("evil");
    assertThat(kept.position()).isEqualTo(new LogPosition(0, 50));
    assertThat(kept.cause()).isEqualTo(Cause.LABELS);
    assertThat(kept.reason()).contains("deviations");
    assertThat(labels(tenants).squares()).containsExactly(before);
    assertThat(tenants.guard.quarantined().first()).isEqualTo(kept);
    assertThat(tenants.guard.quarantined().absurd()).isEqualTo(1);
  }

  /** A missing-value mark is one row of many, now and then, of any key. */
  @Test
  void marksOfMissingValuesAreKeptOutForEver() {
    Tenants tenants = new Tenants(Tenants.RULES).honest(20);
    for (int i = 0; i < 30; i++) {
      float[] labels = Tenants.numbers(new RandomStream(i), 20, 1);
      labels[3] = -9999;
      float[] inputs = Tenants.numbers(new RandomStream(i), 40, 1);
      assertThat(tenants.send(Tenants.task("k" + i % 10, inputs, labels)).quarantined())
          .get()
          .satisfies(kept -> assertThat(kept.reason()).contains("-9999"));
      tenants.honest(1);
    }
    assertThat(labels(tenants).deviation(0)).isCloseTo(1, within(0.2));
  }

  @Test
  void whoComesFirstAndIsFarOffLeavesAgain() {
    Tenants tenants = new Tenants(Tenants.RULES);
    tenants.send(Tenants.scaled("evil", 1, 1e6, 1e6));
    assertThat(labels(tenants).deviation(0)).isGreaterThan(1e5);
    tenants.honest(30);
    assertThat(labels(tenants).deviation(0)).isCloseTo(1, within(0.2));
    assertThat(Objects.requireNonNull(tenants.guard.inputs()).sums().deviation(1))
        .isCloseTo(1, within(0.2));
    assertThat(tenants.send(Tenants.scaled("evil", 2, 1, 1e6)).learned()).isFalse();
  }

  /** When everybody's unit has changed, that is what is ordinary. */
  @Test
  void severalKeysTogetherAreBelievedThatEverythingHasChanged() {
    Tenants tenants = new Tenants(Tenants.RULES).honest(100);
    int kept = 0;
    for (int i = 0; i < 30; i++) {
      kept += tenants.send(Tenants.scaled("k" + i % 10, i, 1e6, 1e3)).learned() ? 0 : 1;
    }
    assertThat(kept).isEqualTo(Challenge.ENOUGH - 1);
    assertThat(labels(tenants).deviation(0)).isCloseTo(1e3, within(200.0));
    Past past = Objects.requireNonNull(tenants.guard.past());
    assertThat(past.until()).isEqualTo(100 + Challenge.ENOUGH - 1);
    assertThat(Objects.requireNonNull(past.labels()).before().deviation(0))
        .as("what older tasks are measured by")
        .isCloseTo(1, within(0.2));
    assertThat(past.has(99)).isTrue();
    assertThat(past.has(past.until())).isFalse();
  }

  @Test
  void oneKeyAloneIsNot() {
    Tenants tenants = new Tenants(Tenants.RULES).honest(100);
    for (int i = 0; i < 200; i++) {
      assertThat(tenants.send(Tenants.scaled("evil", i, 1, 1e3)).learned()).isFalse();
    }
    assertThat(labels(tenants).deviation(0)).isCloseTo(1, within(0.2));
  }

  @Test
  void butTheOnlyKeyThereIsMayChange() {
    Tenants tenants = new Tenants(Tenants.RULES);
    for (int i = 0; i < 60; i++) {
      tenants.send(Tenants.scaled("only", i, 1, i < 30 ? 1 : 1e3));
    }
    assertThat(tenants.guard.quarantined().absurd()).isEqualTo(Challenge.ENOUGH - 1);
    assertThat(labels(tenants).deviation(0)).isCloseTo(1e3, within(200.0));
  }

  @Test
  void featuresThatAreCutMayLieOutOneByOne() {
    Tenants tenants = new Tenants(Tenants.RULES).honest(50);
    Task sentinel = Tenants.ordinary("k1", 3);
    sentinel.support().inputs()[5] = -9999;
    assertThat(tenants.send(sentinel).learned()).isTrue();
    assertThat(Objects.requireNonNull(tenants.guard.inputs()).sums().deviation(1))
        .as("one row counts as if it lay at the edge")
        .isCloseTo(1, within(0.2));
    assertThat(tenants.send(Tenants.scaled("k2", 4, 1e6, 1)).quarantined())
        .get()
        .satisfies(kept -> assertThat(kept.cause()).isEqualTo(Cause.FEATURES));
  }

  @Test
  void featuresThatNothingCutsAreHeldAgainstAllOthers() {
    Rules raw =
        Rules.of(Limits.USUAL, Inputs.RAW, NetworkSpec.parse("input(2) dense(1) mse"), true);
    Tenants tenants = new Tenants(raw);
    for (int i = 0; i < 40; i++) {
      assertThat(tenants.send(Tenants.ordinary("k" + i % 10, i), raw).learned()).isTrue();
    }
    assertThat(tenants.send(Tenants.scaled("evil", 1, 1e6, 1), raw).quarantined())
        .get()
        .satisfies(kept -> assertThat(kept.cause()).isEqualTo(Cause.FEATURES));
  }

  @Test
  void aKeyThatSendsNearlyEverythingHasItsShareAndNoMore() {
    Tenants tenants = new Tenants(Tenants.RULES).honest(300);
    int learned = 0;
    int honest = 0;
    for (int i = 0; i < 5000; i++) {
      if (i % 100 == 99) {
        tenants.honest(1);
        honest++;
      } else {
        learned += tenants.send(Tenants.ordinary("flood", i)).learned() ? 1 : 0;
      }
    }
    assertThat(tenants.guard.quarantined().beyondShare()).isGreaterThan(4800);
    assertThat(learned).isBetween(10, 60);
    assertThat(honest).isEqualTo(50);
    assertThat(tenants.guard.quarantined().first()).as("not absurd").isNull();
  }

  @Test
  void keysThatTakeTurnsInBlocksAreAllLearnedFrom() {
    for (int block : new int[] {1, 10, 60, 200, 1000}) {
      Tenants tenants = new Tenants(Tenants.RULES);
      for (int i = 0; i < 10 * block; i++) {
        tenants.send(Tenants.ordinary("k" + i / block, i));
      }
      assertThat(tenants.guard.quarantined().beyondShare()).as("blocks of %d", block).isZero();
    }
  }

  @Test
  void withoutLimitsEverythingIsBelieved() {
    Rules none =
        Rules.of(Limits.NONE, Inputs.SCALED, NetworkSpec.parse("input(2) dense(1) mse"), true);
    Tenants tenants = new Tenants(none);
    for (int i = 0; i < 400; i++) {
      double factor = i % 7 == 0 ? 1e20 : 1;
      assertThat(tenants.send(Tenants.scaled("flood", i, factor, factor), none).learned()).isTrue();
    }
  }

  @Test
  void afterItsBytesItGoesOnAsBefore() throws IOException {
    Tenants tenants = new Tenants(Tenants.RULES);
    for (int i = 0; i < 300; i++) {
      double factor = i % 31 == 0 || (i > 200 && i < 240) ? 1e6 : 1;
      String key = i % 3 == 0 ? "k" + i % 10 : "often";
      tenants.send(Tenants.scaled(key, i, factor, factor));
      byte[] bytes = GuardBytes.encode(tenants.guard);
      Guard again = GuardBytes.decode(bytes);
      assertThat(GuardBytes.encode(again)).isEqualTo(bytes);
      Task next = Tenants.scaled("k1", -i, 1, i % 2 == 0 ? 1e3 : 1);
      assertThat(again.judge(next, new LogPosition(1, 7), 900, Tenants.RULES))
          .isEqualTo(tenants.guard.copy().judge(next, new LogPosition(1, 7), 900, Tenants.RULES));
    }
    byte[] bytes = GuardBytes.encode(tenants.guard);
    for (int length = 0; length < bytes.length; length += 97) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> GuardBytes.decode(cut)).isInstanceOf(IOException.class);
    }
  }

  private static ColumnSums labels(Tenants tenants) {
    return Objects.requireNonNull(tenants.guard.labels()).sums();
  }
}
