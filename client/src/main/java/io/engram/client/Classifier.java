package io.engram.client;

import io.engram.core.evaluation.Argmax;
import io.engram.core.task.ExampleSet;
import java.util.ArrayList;
import java.util.List;

/** A model adapted to tell a handful of classes apart. Immutable; safe for any number of threads. */
public final class Classifier {

  private final Model model;
  private final SupportSet.Labeled examples;
  private final List<String> classes;
  private final ExampleSet support;
  private final Adapted adapted;

  private Classifier(
      Model model,
      SupportSet.Labeled examples,
      List<String> classes,
      ExampleSet support,
      Adapted adapted) {
    this.model = model;
    this.examples = examples;
    this.classes = classes;
    this.support = support;
    this.adapted = adapted;
  }

  static Classifier adapt(Workbenches benches, Model model, SupportSet.Labeled examples) {
    List<String> classes = UserEpisodes.classes(model, examples);
    ExampleSet support = UserEpisodes.support(model, examples, classes);
    Adapted adapted = Adapted.to(benches, model, examples, support);
    return new Classifier(model, examples, classes, support, adapted);
  }

  /** The version it was adapted from. */
  public Model model() {
    return model;
  }

  /** The classes it tells apart, in the order of their probabilities. */
  public List<String> classes() {
    return classes;
  }

  /** What it was adapted on. */
  public SupportSet.Labeled support() {
    return examples;
  }

  /**
   * Classifies one example.
   *
   * @param features as many as the network takes, on the user's own scale
   */
  public Prediction predict(float[] features) {
    return adapted.outputs(features, (outputs, width) -> prediction(outputs, 0));
  }

  /**
   * Classifies several examples. Where the version was trained with transductive batch-norm, they inform each other.
   */
  public List<Prediction> predictAll(List<float[]> features) {
    ExampleSet query = UserEpisodes.query(model, features, support.targets());
    return adapted.outputs(query, (outputs, width) -> predictions(outputs, width, features.size()));
  }

  private List<Prediction> predictions(float[] outputs, int width, int count) {
    List<Prediction> predictions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      predictions.add(prediction(outputs, i * width));
    }
    return predictions;
  }

  /** Softmax over the classes in play. */
  private Prediction prediction(float[] logits, int from) {
    float[] probabilities = new float[classes.size()];
    int best = Argmax.of(logits, from, probabilities.length);
    double sum = 0;
    for (int i = 0; i < probabilities.length; i++) {
      double e = Math.exp(logits[from + i] - logits[from + best]);
      probabilities[i] = (float) e;
      sum += e;
    }
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] = (float) (probabilities[i] / sum);
    }
    if (!Double.isFinite(sum)) {
      throw new AdaptationException(
          "%s gave outputs that are no numbers: are the features on the scale it was trained on?"
              .formatted(model));
    }
    return new Prediction(classes.get(best), classes, probabilities, model.version());
  }
}
