package io.engram.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.engine.fused.FusedEngine;
import io.engram.schemas.avro.Adaptation;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class FewShotsTest {

  private static final float[][] ROWS = {{1, 1}, {-1, 1}, {0, -1}};
  private static final List<float[]> QUESTIONS = List.of(new float[] {1, 0}, new float[] {0, 1});

  @Test
  void aVersionIsReadOnceAndAnotherOneOfItsNumberAnew() {
    Versions.Version version = Versions.of("m", 1, "input(2) dense(3) softmax");
    try (FewShots fewShots = new FewShots(FewShotConfig.DEFAULT)) {
      int[] reads = {0};
      Model first =
          fewShots
              .model(
                  version.manifest(),
                  () -> {
                    reads[0]++;
                    return Optional.of(version.parameters());
                  })
              .orElseThrow();
      assertThat(fewShots.model(version.manifest(), Optional::empty)).containsSame(first);
      assertThat(reads[0]).isEqualTo(1);
      Versions.Version other = Versions.of("m", 1, "input(2) dense(4) softmax");
      assertThat(fewShots.model(other.manifest(), Optional::empty)).isEmpty();
    }
  }

  @Test
  void aClassThatComesLaterCostsOneExample() {
    Versions.Version version = Versions.of("m", 1, "input(2) dense(3) softmax");
    version
        .manifest()
        .setAdaptation(new Adaptation(1, "prototypes", 0, "HEAD", "NON_TRANSDUCTIVE"));
    try (FewShots fewShots = new FewShots(FewShotConfig.DEFAULT)) {
      Model model =
          fewShots.model(version.manifest(), () -> Optional.of(version.parameters())).orElseThrow();
      List<float[]> below = List.of(new float[] {0.1f, -2});
      SupportSet.Labeled two = SupportSet.of(new float[][] {{1, 1}, {-1, 1}}, "right", "left");
      assertThat(fewShots.classify(model, two, below).get(0).label()).isEqualTo("right");

      SupportSet.Labeled three = two.and(new float[] {0, -1}, "below");
      assertThat(fewShots.classify(model, three, below).get(0).label()).isEqualTo("below");
      assertThat(three.classes()).containsExactly("right", "left", "below");
    }
  }

  @Test
  void whatWasAdaptedIsFoundAgainWithinABoundAndAnswersTheSame() {
    Versions.Version version = Versions.of("m", 1, "input(2) dense(1) mse");
    SupportSet.Measured support = SupportSet.of(ROWS, 1, 2, 3);
    Workbenches benches = new Workbenches(new FusedEngine(1));
    for (long bytes : List.of(0L, 1L, 1L << 20)) {
      try (FewShots fewShots = new FewShots(new FewShotConfig(1, bytes))) {
        Model model =
            fewShots
                .model(version.manifest(), () -> Optional.of(version.parameters()))
                .orElseThrow();
        List<float[]> expected = Regressor.adapt(benches, model, support).predictAll(QUESTIONS);
        for (int round = 0; round < 3; round++) {
          assertThat(fewShots.predict(model, support, QUESTIONS, OptionalDouble.of(0.9)).values())
              .containsExactlyElementsOf(expected);
        }
      }
    }
    benches.close();
  }

  @Test
  void theCacheForgetsWhatWasAskedLongestAgo() {
    Versions.Version version = Versions.of("m", 1, "input(2) dense(1) mse");
    Model model;
    try (FewShots fewShots = new FewShots(FewShotConfig.DEFAULT)) {
      model =
          fewShots.model(version.manifest(), () -> Optional.of(version.parameters())).orElseThrow();
    }
    AdaptedCache cache = new AdaptedCache(1000);
    for (int i = 0; i < 20; i++) {
      int number = i;
      assertThat(cache.get(model, SupportSet.of(ROWS, 1, 2, i), () -> number)).isEqualTo(i);
      assertThat(cache.bytes()).isPositive().isLessThanOrEqualTo(1000);
    }
    assertThat(cache.get(model, SupportSet.of(ROWS, 1, 2, 19), () -> -1)).isEqualTo(19);
    assertThat(cache.get(model, SupportSet.of(ROWS, 1, 2, 0), () -> -1)).isEqualTo(-1);
    assertThat(cache.get(model, SupportSet.of(ROWS, "1", "2", "19"), () -> -2)).isEqualTo(-2);
  }
}
