package io.engram.experiments.lifelong.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engram.benchmarks.learning.Mean;
import io.engram.core.evaluation.AdaptationCurve.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Four exams of two questions about each of four alphabets, worked by hand. */
class CurvesTest {

  private static final Itinerary ITINERARY =
      new Itinerary(List.of("A"), List.of("Z"), List.of("A", "B", "C", "B"));
  private static final LivePlan PLAN =
      new LivePlan(1, new FewShot(5, 1, 5), 1, new LivePlan.Stretches(4, 4, 1), 2, 10, List.of());

  private static final AdaptationCurves ADAPTATION =
      new AdaptationCurves(
          List.of(new Point(0, 0.2, 0.01), new Point(1, 0.6, 0.03)),
          List.of(new Point(1, 0.6, 0.04)));

  private static Sitting sitting(int exam, double a, double b, double c, double z) {
    return new Sitting(
        new Sitting.Examinee("run", "full", 7),
        exam,
        4L * exam,
        exam,
        10.0 * exam,
        Map.of("A", pair(a), "B", pair(b), "C", pair(c), "Z", pair(z)),
        exam == 4 ? ADAPTATION : null);
  }

  private static double[] pair(double mean) {
    return new double[] {mean - 4, mean + 4};
  }

  private static Curves curves() {
    return new Curves(
        Arm.FULL,
        List.of(
            new Curves.Run(
                PLAN,
                ITINERARY,
                List.of(
                    sitting(1, 60, 20, 20, 40),
                    sitting(2, 80, 50, 30, 45),
                    sitting(3, 70, 60, 50, 50),
                    sitting(4, 72, 70, 56, 55)))));
  }

  @Test
  void whatIsRetainedCountsOnlyAlphabetsSeenSoFar() {
    Curves curves = curves();
    assertThat(curves.retained(1).value()).isEqualTo(60);
    assertThat(curves.retained(2).value()).isEqualTo(65);
    assertThat(curves.retained(4).value()).isCloseTo(66, within(1e-9));
    assertThat(curves.retained(4).tasks()).isEqualTo(6);
    assertThat(curves.unseen(4).value()).isEqualTo(55);
    assertThat(curves.prequential()).isEqualTo(25);
    assertThat(curves.tasksAt(3)).isEqualTo(12);
  }

  @Test
  void lossIsFromTheBestExamToTheLastQuestionByQuestion() {
    Curves curves = curves();
    assertThat(curves.bestOnEarly()).isEqualTo(2);
    assertThat(curves.lossOnEarly().value()).isEqualTo(8);
    // Both questions lost the same, however much they differ from each other.
    assertThat(curves.lossOnEarly().halfWidth()).isZero();
    assertThat(curves.deepestFallOnEarly()).isEqualTo(10);
    assertThat(curves.aheadOnEarly(curves).value()).isZero();
  }

  @Test
  void adaptationIsAMeanOverSeedsWhoseErrorsAreIndependent() {
    Curves.Run run = curves().runs().get(0);
    Curves two = new Curves(Arm.FULL, List.of(run, run));
    assertThat(two.adaptation(3, AdaptationCurves::overSteps)).isEmpty();
    assertThat(two.adaptation(4, AdaptationCurves::overSteps).keySet()).containsExactly(0, 1);
    List<Mean> means = List.copyOf(two.adaptation(4, AdaptationCurves::overSteps).values());
    assertThat(means.get(1).value()).isCloseTo(60, within(1e-9));
    assertThat(means.get(1).halfWidth()).isCloseTo(1.96 * 3 / Math.sqrt(2), within(1e-9));
  }

  @Test
  void aPlanIsNamedInTheFileOfSittingsAsItAlwaysWas() {
    assertThat(LivePlan.whole(List.of("seed=1")))
        .hasToString(
            "LivePlan[filters=32, task=FewShot[ways=5, shots=1, queries=5], early=6, stretches=40, sessionsPerStretch=32, "
                + "stretchesPerExam=2, questions=20, memory=320, assignments=[seed=1]]");
  }

  @Test
  void sittingsAreTakenUpOnlyIfTheyDependOnTheSame(@TempDir Path directory) throws IOException {
    Path path = directory.resolve("sittings.jsonl");
    SittingFile file = new SittingFile(path);
    file.add(sitting(2, 80, 50, 30, 45));
    file.add(sitting(1, 60, 20, 20, 40));
    assertThat(Files.readString(path))
        .startsWith("{\"run\":\"run\",\"arm\":\"full\",\"seed\":7,\"exam\":2,\"tasks\":8,");
    Files.writeString(path, "{\"run\":\"ru", StandardOpenOption.APPEND);
    new SittingFile(path).add(sitting(3, 70, 60, 50, 50));

    SittingFile again = new SittingFile(path);
    assertThat(again.of("run", Arm.FULL, 7).stream().map(Sitting::exam)).containsExactly(1, 2, 3);
    assertThat(again.of("run", Arm.FULL, 7).get(2).about(List.of("A"))).containsExactly(66, 74);
    assertThat(again.of("run", Arm.FULL, 7).get(2).adaptation()).isNull();
    assertThat(again.of("other", Arm.FULL, 7)).isEmpty();
    assertThat(again.of("run", Arm.WITHOUT_REPLAY, 7)).isEmpty();
    assertThat(again.of("run", Arm.FULL, 8)).isEmpty();
  }

  @Test
  void thePlotIsAnSvgWithALineForEachArmInEachPanel(@TempDir Path directory) throws IOException {
    Path plot = directory.resolve("curves.svg");
    CurvesPlot.write(List.of(curves()), plot);
    String svg = Files.readString(plot);
    assertThat(svg).contains("<svg").contains("viewBox=\"0 0 1120 1080\"").endsWith("</svg>\n");
    assertThat(svg.split("stroke:rgb\\(27,108,168\\)", -1)).hasSizeGreaterThan(6);
  }
}
