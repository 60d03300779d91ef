package io.engram.client;

import io.engram.core.random.RandomStream;
import io.engram.schemas.avro.LabelSpace;
import java.util.ArrayList;
import java.util.List;

/** Adapts a model to a few made-up examples, to see that it can be done at all. */
final class Trial {

  private static final int EXAMPLES = 4;

  private Trial() {}

  /**
   * Adapts once and predicts once. That it goes astray on examples that mean nothing is no fault.
   *
   * @throws RuntimeException if the model cannot be adapted
   */
  static void of(Workbenches benches, Model model) {
    List<float[]> features = features(model);
    try {
      if (model.labelSpace() == LabelSpace.NONE) {
        List<float[]> targets = new ArrayList<>();
        for (int i = 0; i < EXAMPLES; i++) {
          targets.add(model.targetScale().shift().clone());
        }
        Regressor.adapt(benches, model, new SupportSet.Measured(features, targets))
            .predict(features.get(0));
      } else {
        Classifier.adapt(benches, model, new SupportSet.Labeled(features, labels(model)))
            .predict(features.get(0));
      }
    } catch (AdaptationException e) {
      // It diverged, in time.
    }
  }

  private static List<String> labels(Model model) {
    List<String> known =
        model.labelSpace() == LabelSpace.GLOBAL ? model.classes() : List.of("a", "b");
    int classes = Math.min(known.size(), model.network().outputs());
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < EXAMPLES; i++) {
      labels.add(known.get(i % classes));
    }
    return labels;
  }

  /** Where the model expects examples to lie. */
  private static List<float[]> features(Model model) {
    RandomStream random = new RandomStream(0);
    int width = model.network().input().size();
    List<float[]> features = new ArrayList<>();
    for (int i = 0; i < EXAMPLES; i++) {
      float[] row = new float[width];
      for (int j = 0; j < width; j++) {
        float drawn = (float) random.nextGaussian();
        float scaled = drawn * model.inputScale().deviation()[j] + model.inputScale().shift()[j];
        row[j] = Float.isFinite(scaled) ? scaled : drawn;
      }
      features.add(row);
    }
    return features;
  }
}
