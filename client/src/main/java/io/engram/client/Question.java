package io.engram.client;

import io.engram.core.learning.Scale;
import io.engram.core.task.Episode;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import java.util.List;

/** One example at a time, asked of one adapted model: its arrays are filled again for each. For one thread. */
final class Question {

  private final ExampleSet support;
  private final Scale scale;
  private final float[] inputs;
  private final List<Episode> episodes;

  Question(Model model, ExampleSet support) {
    this.support = support;
    this.scale = model.inputScale();
    this.inputs = new float[support.inputSize()];
    ExampleSet query = new ExampleSet(inputs.length, inputs, anyTarget(support.targets()));
    this.episodes =
        List.of(new Episode(support, query, model.sharedManifest().getLineage().getSeed()));
  }

  /** Whether it was made for this very support set: contents are not compared, that would cost more than a new question. */
  @SuppressWarnings("ReferenceEquality")
  boolean isAbout(ExampleSet otherSupport) {
    return support == otherSupport;
  }

  /**
   * Fills in another example.
   *
   * @throws IllegalArgumentException if it has too few or too many features, or one that is not finite
   */
  List<Episode> about(float[] features) {
    UserEpisodes.check(0, features, inputs.length, "features");
    scale.row(features, 0, inputs, 0);
    return episodes;
  }

  private static Targets anyTarget(Targets like) {
    return like instanceof Targets.Values values
        ? new Targets.Values(values.width(), new float[values.width()])
        : new Targets.Classes(((Targets.Classes) like).ways(), new int[1]);
  }
}
