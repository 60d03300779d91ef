package io.engram.benchmarks.poison;

import io.engram.cli.config.Layers;
import io.engram.cli.config.Settings;
import io.engram.cli.role.LearnerSettings;
import io.engram.core.learning.LifelongSettings;
import java.util.List;

/**
 * A learner as people configure it.
 *
 * @param classes whether it is shown classes
 * @param assignments what is set beside the preset of tables
 */
record Contestant(String name, boolean classes, List<String> assignments) {

  private static final String WAVES =
      "learner.network=input(1) dense(64) relu dense(64) relu dense(1) mse";
  private static final String CLUSTERS = "learner.network=input(4) dense(64) relu dense(5) softmax";

  static List<Contestant> all() {
    return List.of(
        new Contestant(
            "table",
            false,
            List.of("learner.algorithm=table", "learner.network=input(1) dense(1) mse")),
        ofWaves("fomaml"),
        ofWaves("reptile"),
        ofClusters("experience-replay"),
        ofClusters("consolidating-replay"));
  }

  private static Contestant ofWaves(String algorithm) {
    return new Contestant(
        algorithm,
        false,
        List.of(
            "learner.algorithm=" + algorithm,
            WAVES,
            "learner.inner-step-size=0.02",
            "learner.inner-steps=5"));
  }

  private static Contestant ofClusters(String algorithm) {
    return new Contestant(algorithm, true, List.of("learner.algorithm=" + algorithm, CLUSTERS));
  }

  LifelongSettings settings() {
    Layers layers = Layers.none().withPreset("csv");
    for (String assignment : assignments) {
      layers = layers.withAssignment(assignment);
    }
    return LearnerSettings.lifelong(Settings.load(layers));
  }
}
