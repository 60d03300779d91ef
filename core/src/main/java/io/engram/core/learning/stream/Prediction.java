package io.engram.core.learning.stream;

import io.engram.core.compute.stream.StreamBatch;
import io.engram.core.continual.StreamExample;
import io.engram.core.evaluation.Argmax;
import java.util.List;

/** Counts what some parameters predict right. For one thread. */
final class Prediction {

  /** Writes logits, [size × outputs]. */
  @FunctionalInterface
  interface Predictor {
    void predict(StreamBatch inputs, float[] logits);
  }

  private final Predictor predictor;
  private final StreamBatch batch;
  private float[] logits = new float[0];

  Prediction(int outputs, Predictor predictor) {
    this.predictor = predictor;
    this.batch = new StreamBatch(outputs);
  }

  /** How many examples get their own label, of the first {@code classes}. */
  int right(List<StreamExample> examples, int classes) {
    if (logits.length < examples.size() * batch.outputs()) {
      logits = new float[examples.size() * batch.outputs()];
    }
    batch.clear();
    examples.forEach(example -> batch.add(example.input()));
    predictor.predict(batch, logits);
    int right = 0;
    for (int i = 0; i < examples.size(); i++) {
      right += Argmax.of(logits, i * batch.outputs(), classes) == examples.get(i).label() ? 1 : 0;
    }
    return right;
  }
}
