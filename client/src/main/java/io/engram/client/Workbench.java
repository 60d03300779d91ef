package io.engram.client;

import io.engram.core.compute.episode.Evaluation;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.task.Episode;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A compiled network and its scratch space; used by one thread at a time. */
final class Workbench implements AutoCloseable {

  private final MetaProgram program;
  private final Evaluation evaluation = new Evaluation();
  private final List<Evaluation> evaluations = List.of(evaluation);
  private final float[][] parameters = new float[1][];
  private @Nullable Question question;

  Workbench(MetaProgram program) {
    this.program = program;
  }

  /**
   * φ of one support set.
   *
   * @throws AdaptationException if it is not finite
   */
  float[] adapt(Model model, ExampleSet support) {
    float[] adapted = new float[model.theta().length];
    parameters[0] = adapted;
    program.adapt(
        model.theta(),
        List.of(episode(model, support, none(support))),
        model.innerLoop(),
        parameters);
    for (float value : adapted) {
      if (!Float.isFinite(value)) {
        throw new AdaptationException(
            "adapting %s diverged on %d examples: are their features on the scale it was trained on?"
                .formatted(model, support.size()));
      }
    }
    return adapted;
  }

  /** The outputs for a query; valid until the next call. */
  Evaluation outputs(Model model, float[] adapted, ExampleSet support, ExampleSet query) {
    parameters[0] = adapted;
    program.evaluate(
        parameters, List.of(episode(model, support, query)), model.normalization(), evaluations);
    return evaluation;
  }

  /** The outputs for one example; valid until the next call. Allocates only when another model is asked than the last time. */
  Evaluation outputs(Model model, float[] adapted, ExampleSet support, float[] features) {
    Question last = question;
    if (last == null || !last.isAbout(support)) {
      last = new Question(model, support);
      question = last;
    }
    parameters[0] = adapted;
    program.evaluate(parameters, last.about(features), model.normalization(), evaluations);
    return evaluation;
  }

  private static Episode episode(Model model, ExampleSet support, ExampleSet query) {
    // The same support set and version give the same φ, always.
    return new Episode(support, query, model.sharedManifest().getLineage().getSeed());
  }

  private static ExampleSet none(ExampleSet like) {
    Targets targets =
        like.targets() instanceof Targets.Values values
            ? new Targets.Values(values.width(), new float[0])
            : new Targets.Classes(((Targets.Classes) like.targets()).ways(), new int[0]);
    return new ExampleSet(like.inputSize(), new float[0], targets);
  }

  @Override
  public void close() {
    program.close();
  }
}
