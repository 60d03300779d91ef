package io.engram.client;

import io.engram.core.learning.Scale;
import io.engram.core.task.ExampleSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A model adapted to predict numbers. Immutable; safe for any number of threads. */
public final class Regressor {

  private final Model model;
  private final SupportSet.Measured examples;
  private final ExampleSet support;
  private final Adapted adapted;
  private final Scale targetScale;

  private Regressor(
      Model model, SupportSet.Measured examples, ExampleSet support, Adapted adapted) {
    this.model = model;
    this.examples = examples;
    this.support = support;
    this.adapted = adapted;
    this.targetScale = model.targetScale();
  }

  static Regressor adapt(Workbenches benches, Model model, SupportSet.Measured examples) {
    ExampleSet support = UserEpisodes.support(model, examples);
    Adapted adapted = Adapted.to(benches, model, examples, support);
    return new Regressor(model, examples, support, adapted);
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
    return adapted.outputs(features, (outputs, width) -> targetScale.invert(outputs, 0));
  }

  /**
   * Predicts for one example, and says between which numbers the truth is expected.
   *
   * @param level the share of truths that the interval is to cover: 0.5, 0.8, 0.9 or 0.95
   * @return nothing where the version knows no intervals, as those adapted by gradient steps, or has learned from too few tasks
   * @throws IllegalArgumentException if the level is another one
   */
  public Optional<Interval> interval(float[] features, double level) {
    return adapted.interval(features, level);
  }

  /** Predicts for several examples. Where the version was trained with transductive batch-norm, they inform each other. */
  public List<float[]> predictAll(List<float[]> features) {
    ExampleSet query = UserEpisodes.query(model, features, support.targets());
    return adapted.outputs(query, (outputs, width) -> predictions(outputs, width, features.size()));
  }

  private List<float[]> predictions(float[] outputs, int width, int count) {
    List<float[]> predictions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      predictions.add(targetScale.invert(outputs, i * width));
    }
    return predictions;
  }
}
