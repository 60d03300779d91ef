package io.engram.experiments.lifelong.live;

import io.engram.client.Model;
import io.engram.core.compute.MetaProgram;
import io.engram.core.evaluation.AdaptationCurve;
import io.engram.core.task.Episode;
import io.engram.engine.fused.FusedEngine;
import java.util.List;

/** AdaptationCurves curves of a published version on alphabets that are never seen, always on the same questions. */
final class AdaptationExam {

  static final List<Integer> STEPS = List.of(0, 1, 2, 3, 5, 10);
  static final List<Integer> SHOTS = List.of(1, 2, 4);

  /** Drawings of each character that are asked about; with the most shots, all that are kept back. */
  private static final int QUERIES = Alphabets.KEPT_BACK - 4;

  private final List<List<Episode>> byShots;

  /**
   * An exam.
   *
   * @param names the alphabets
   * @param ways characters of a task
   * @param questions tasks about each alphabet, for every number of shots
   */
  AdaptationExam(Alphabets alphabets, List<String> names, int ways, int questions, long seed) {
    this.byShots =
        SHOTS.stream()
            .map(shots -> new FewShot(ways, shots, QUERIES))
            .map(task -> new Exam(alphabets, task, questions, seed).episodes(names))
            .toList();
  }

  /** Sits it with a version that scales nothing, as those of drawings do. */
  AdaptationCurves sit(Model model) {
    float[] theta = model.parameters();
    try (MetaProgram program = new FusedEngine(1).compile(model.network())) {
      AdaptationCurve curve = new AdaptationCurve(program, model.normalization());
      return new AdaptationCurves(
          curve.overSteps(theta, byShots.get(0), model.innerLoop(), STEPS),
          curve.overShots(theta, byShots, model.innerLoop(), SHOTS));
    }
  }
}
