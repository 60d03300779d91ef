package io.engram.core.compute.episode;

/**
 * Where an engine writes how one episode's query set was predicted; grown once and reused.
 *
 * <p>For classification the outputs are logits; {@link #score()} is accuracy in [0, 1]. For regression they are values and the
 * score is the mean squared error.
 */
public final class Evaluation {

  private float[] outputs = new float[0];
  private int examples;
  private int width;
  private double loss;
  private double score;

  /** [examples × width] row-major, valid up to {@code examples() * width()}; the array may be longer. */
  public float[] outputs() {
    return outputs;
  }

  public int examples() {
    return examples;
  }

  /** Outputs per example. */
  public int width() {
    return width;
  }

  /** Mean loss of the query set under the network's head; NaN or infinite where the episode went wrong. */
  public double loss() {
    return loss;
  }

  /** Accuracy in [0, 1] for classification, mean squared error for regression. */
  public double score() {
    return score;
  }

  /** For engines: makes room for {@code examples} rows of {@code width} and returns the array to fill. */
  public float[] begin(int examples, int width) {
    this.examples = examples;
    this.width = width;
    if (outputs.length < examples * width) {
      outputs = new float[examples * width];
    }
    return outputs;
  }

  /** For engines: the totals of the rows just written. */
  public void finish(double meanLoss, double meanScore) {
    this.loss = meanLoss;
    this.score = meanScore;
  }
}
