package io.engram.client;

import io.engram.core.compute.Evaluation;
import io.engram.core.learning.Scale;
import io.engram.core.task.ExampleSet;
import java.util.ArrayList;
import java.util.List;

/** A model adapted to predict numbers. Immutable; safe for any number of threads. */
public final class Regressor {

  private final Workbenches.Shelf benches;
  private final Model model;
  private final SupportSet.Measured examples;
  private final ExampleSet support;
  private final float[] adapted;
  private final Scale targetScale;

  private Regressor(
      Workbenches.Shelf benches,
      Model model,
      SupportSet.Measured examples,
      ExampleSet support,
      float[] adapted) {
    this.benches = benches;
    this.model = model;
    this.examples = examples;
    this.support = support;
    this.adapted = adapted;
    this.targetScale = model.targetScale();
  }

  static Regressor adapt(Workbenches benches, Model model, SupportSet.Measured examples) {
    ExampleSet support = UserEpisodes.support(model, examples);
    Workbenches.Shelf shelf = benches.shelf(model.network());
    float[] adapted = shelf.with(bench -> bench.adapt(model, support));
    return new Regressor(shelf, model, examples, support, adapted);
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
    Workbench bench = benches.borrow();
    try {
      Evaluation evaluation = bench.outputs(model, adapted, support, features);
      return targetScale.invert(evaluation.outputs(), 0);
    } finally {
      benches.giveBack(bench);
    }
  }

  /** Predicts for several examples. Where the version was trained with transductive batch-norm, they inform each other. */
  public List<float[]> predictAll(List<float[]> features) {
    ExampleSet query = UserEpisodes.query(model, features, support.targets());
    return benches.with(
        bench -> predictions(bench.outputs(model, adapted, support, query), features.size()));
  }

  private List<float[]> predictions(Evaluation evaluation, int count) {
    List<float[]> predictions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      predictions.add(targetScale.invert(evaluation.outputs(), i * evaluation.width()));
    }
    return predictions;
  }
}
