package io.engram.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engram.core.compute.episode.Capabilities;
import io.engram.core.compute.episode.Evaluation;
import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.MetaGradient;
import io.engram.core.compute.episode.MetaObjective;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.compute.episode.NormalizationMode;
import io.engram.core.network.NetworkSpec;
import io.engram.core.task.Episode;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdaptationCurveTest {

  private static final AdaptationCurve CURVE =
      new AdaptationCurve(new HalfWay(), NormalizationMode.TRANSDUCTIVE);
  private static final InnerLoop LOOP = InnerLoop.sgd(1, 0.5f);

  private static Episode wanting(float value) {
    ExampleSet set = new ExampleSet(1, new float[1], new Targets.Values(1, new float[] {value}));
    return new Episode(set, set, 0);
  }

  @Test
  void everyNumberOfStepsStartsFromTheSameVersion() {
    List<AdaptationCurve.Point> curve =
        CURVE.overSteps(new float[1], List.of(wanting(4), wanting(8)), LOOP, List.of(0, 1, 2));
    // Squared errors: 16 and 64, 4 and 16, 1 and 4.
    assertThat(curve).extracting(AdaptationCurve.Point::x).containsExactly(0, 1, 2);
    assertThat(curve).extracting(AdaptationCurve.Point::score).containsExactly(40.0, 10.0, 2.5);
    // s = √(2·24²/1) = 24·√2; s/√2 = 24
    assertThat(curve.get(0).error()).isCloseTo(24, within(1e-9));
  }

  @Test
  void everyNumberOfShotsHasItsEpisodes() {
    List<AdaptationCurve.Point> curve =
        CURVE.overShots(
            new float[1], List.of(List.of(wanting(4)), List.of(wanting(2))), LOOP, List.of(1, 5));
    assertThat(curve).extracting(AdaptationCurve.Point::score).containsExactly(4.0, 1.0);
    assertThat(curve.get(1).x()).isEqualTo(5);
    assertThat(curve.get(1).error()).isNaN();
    assertThatThrownBy(() -> CURVE.overShots(new float[1], List.of(), LOOP, List.of(1)))
        .hasMessageContaining("0 lists of episodes");
  }

  /** One parameter; a step goes half way to what the support set wants, the score is the squared distance left. */
  private static final class HalfWay implements MetaProgram {

    @Override
    public NetworkSpec network() {
      return NetworkSpec.parse("input(1) dense(1) mse");
    }

    @Override
    public Capabilities capabilities() {
      return Capabilities.secondOrder();
    }

    @Override
    public void adapt(float[] theta, List<Episode> episodes, InnerLoop loop, float[][] adapted) {
      for (int i = 0; i < episodes.size(); i++) {
        float phi = theta[0];
        for (int step = 0; step < loop.steps(); step++) {
          phi += (wanted(episodes.get(i)) - phi) / 2;
        }
        adapted[i][0] = phi;
      }
    }

    @Override
    public void evaluate(
        float[][] adapted,
        List<Episode> episodes,
        NormalizationMode mode,
        List<Evaluation> results) {
      for (int i = 0; i < episodes.size(); i++) {
        double left = wanted(episodes.get(i)) - adapted[i][0];
        results.get(i).finish(left * left, left * left);
      }
    }

    @Override
    public void metaGradient(
        float[] theta, List<Episode> episodes, MetaObjective objective, MetaGradient gradient) {
      throw new UnsupportedOperationException("a curve does not learn");
    }

    @Override
    public void close() {}

    private static float wanted(Episode episode) {
      return ((Targets.Values) episode.support().targets()).values()[0];
    }
  }
}
