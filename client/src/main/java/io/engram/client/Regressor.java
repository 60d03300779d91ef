package io.engram.client;

import io.engram.core.compute.Evaluation;
import io.engram.core.task.ExampleSet;
import java.util.ArrayList;
import java.util.List;

/** A model adapted to predict numbers. Immutable; safe for any number of threads. */
public final class Regressor {

  private final Workbenches benches;
  private final Model model;
  private final SupportSet.Measured examples;
  private final ExampleSet support;
  private final float[] adapted;

  private Regressor(
      Workbenches benches,
      Model model,
      SupportSet.Measured examples,
      ExampleSet support,
      float[] adapted) {
    this.benches = benches;
    this.model = model;
    this.examples = examples;
    this.support = support;
    this.adapted = adapted;
  }

  static Regressor adapt(Workbenches benches, Model model, SupportSet.Measured examples) {
    ExampleSet support = Episodes.support(model, examples);
    float[] adapted = benches.with(model.network(), bench -> bench.adapt(model, support));
    return new Regressor(benches, model, examples, support, adapted);
  }

  /** The version it was adapted from. */
  public Model model() {
    return model;
  }

  /** What it was adapted on. */
  public SupportSet.Measured support() {
    return examples;
  }

  /**
   * Predicts for one example.
   *
   * @param features as many as the network takes, on the user's own scale
   * @return [outputs] on the scale of the support set's targets; fresh
   */
  public float[] predict(float[] features) {
    return predictAll(List.of(features)).get(0);
  }

  /** Predicts for several examples. Where the version was trained with transductive batch-norm, they inform each other. */
  public List<float[]> predictAll(List<float[]> features) {
    ExampleSet query = Episodes.query(model, features, support.targets());
    return benches.with(
        model.network(),
        bench -> predictions(bench.outputs(model, adapted, support, query), features.size()));
  }

  private List<float[]> predictions(Evaluation evaluation, int count) {
    Scaling scaling = Scaling.of(model, "target");
    List<float[]> predictions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      predictions.add(
          scaling.invert(evaluation.outputs(), i * evaluation.width(), evaluation.width()));
    }
    return predictions;
  }
}
