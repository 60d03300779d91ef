package io.engram.ingest.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.schemas.Tensors;
import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.avro.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BoundariesTest {

  /** Two classes at (±2, 0 …), which change places at every boundary. */
  private static LabeledExample example(boolean swapped, Random random) {
    boolean left = random.nextBoolean();
    float[] features = new float[4];
    for (int i = 0; i < features.length; i++) {
      features[i] = (float) random.nextGaussian() / 2;
    }
    features[0] += left ? -2 : 2;
    return new LabeledExample(
        "", Tensors.float32(features, 4), left != swapped ? "a" : "b", null, Part.AUTO);
  }

  @ParameterizedTest
  @EnumSource(DetectorKind.class)
  void classesThatChangePlacesAreNoticedAndNothingElseIs(DetectorKind detector) {
    Boundaries boundaries = new Boundaries(BoundaryRules.of(detector, Statistic.LOSS));
    List<Integer> alarms = new ArrayList<>();
    byte[] state = new byte[0];
    Random random = new Random(5);
    for (int i = 0; i < 600; i++) {
      Boundaries.Seen seen = boundaries.look(state, example(i / 300 == 1, random));
      state = seen.state();
      if (seen.verdict().found()) {
        alarms.add(i);
        assertThat(seen.verdict().latest()).isLessThanOrEqualTo(Math.max(i - 300, 40) + 64);
      }
    }
    // ADWIN may drop what is left of the old ones later.
    assertThat(alarms).hasSizeBetween(1, 2).allMatch(at -> at >= 300);
    assertThat(alarms.get(0)).isLessThan(400);
  }

  @Test
  void theBayesianSaysWhereTheBoundaryWas() {
    Boundaries boundaries = new Boundaries(BoundaryRules.of(DetectorKind.BAYES, Statistic.LOSS));
    byte[] state = new byte[0];
    Random random = new Random(7);
    for (int i = 0; i < 200; i++) {
      Boundaries.Seen seen = boundaries.look(state, example(i >= 150, random));
      state = seen.state();
      if (seen.verdict().found()) {
        assertThat(i - seen.verdict().latest()).isBetween(148, 152);
      }
    }
  }

  /** All that is known are the bytes, and they stay few. */
  @Property(tries = 20)
  void theSameExamplesGiveTheSameAndTheBytesAreBounded(
      @ForAll DetectorKind detector, @ForAll Statistic on, @ForAll @IntRange(max = 1000) int seed) {
    Boundaries boundaries = new Boundaries(BoundaryRules.of(detector, on));
    byte[] one = new byte[0];
    byte[] other = new byte[0];
    Random first = new Random(seed);
    Random second = new Random(seed);
    for (int i = 0; i < 400; i++) {
      one = boundaries.look(one, example(false, first)).state();
      other =
          new Boundaries(BoundaryRules.of(detector, on))
              .look(other, example(false, second))
              .state();
      assertThat(one.length).isLessThan(8_000);
    }
    assertThat(one).isEqualTo(other);
  }

  @Test
  void otherFeaturesAreAnotherStream() {
    Boundaries boundaries = new Boundaries(BoundaryRules.of(DetectorKind.ADWIN, Statistic.LOSS));
    byte[] state = boundaries.look(new byte[0], example(false, new Random(1))).state();
    LabeledExample wider =
        new LabeledExample("", Tensors.float32(new float[7], 7), "a", null, Part.AUTO);
    assertThat(boundaries.look(state, wider).verdict()).isEqualTo(Boundaries.Verdict.NONE);
  }
}
