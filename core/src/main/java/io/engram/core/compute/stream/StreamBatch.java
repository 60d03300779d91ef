package io.engram.core.compute.stream;

import java.util.Arrays;

/**
 * A few examples and what is wanted of them; filled, used and cleared again without allocation. The loss of a batch is a sum, so
 * that each example carries its own weight (1/n for a mean):
 *
 * <pre>L(θ) = Σᵢ wᵢ·CE(zᵢ(θ), yᵢ) + Σᵢ ½·vᵢ·‖zᵢ(θ) − tᵢ‖²      (z logits, y label, t soft target on logits)</pre>
 */
public final class StreamBatch {

  private final int outputs;
  private int size;
  private long changes;
  private SparseInput[] inputs = new SparseInput[0];
  private int[] labels = new int[0];
  private float[] weights = new float[0];
  private float[] pulls = new float[0];
  private float[] pulled = new float[0];
  private double[] pullConstants = new double[0];

  /**
   * An empty batch.
   *
   * @param outputs logits per example
   */
  public StreamBatch(int outputs) {
    if (outputs < 1) {
      throw new IllegalArgumentException("a batch needs at least 1 output, found " + outputs);
    }
    this.outputs = outputs;
  }

  /** Forgets all examples. */
  public void clear() {
    size = 0;
    changes++;
  }

  /** Adds an example whose loss does not count: to be predicted. */
  public void add(SparseInput input) {
    add(input, 0, 0f);
  }

  /** Adds an example with {@code weight} times its cross-entropy. */
  public void add(SparseInput input, int label, float weight) {
    if (label < 0 || label >= outputs) {
      throw new IllegalArgumentException(
          "label %d, expected 0 to %d".formatted(label, outputs - 1));
    }
    grow(size + 1);
    changes++;
    inputs[size] = input;
    labels[size] = label;
    weights[size] = weight;
    pulls[size] = 0;
    pullConstants[size] = 0;
    Arrays.fill(pulled, size * outputs, (size + 1) * outputs, 0f);
    size++;
  }

  /**
   * Adds {@code ½·weight·‖z − t‖²} to the loss of the example added last, its gradient weight·(z − t). May be called again: the
   * pulls add up.
   *
   * @param targets holds t from element {@code from} on; copied
   */
  public void towards(float[] targets, int from, float weight) {
    int last = size - 1;
    pulls[last] += weight;
    double squares = 0;
    for (int o = 0; o < outputs; o++) {
      float target = targets[from + o];
      pulled[last * outputs + o] += weight * target;
      squares += (double) target * target;
    }
    pullConstants[last] += 0.5 * weight * squares;
  }

  public int size() {
    return size;
  }

  /** Logits per example. */
  public int outputs() {
    return outputs;
  }

  /** For engines: grows with every change of the examples, so that what was made of them can be told from what they are now. */
  public long changes() {
    return changes;
  }

  public SparseInput input(int i) {
    return inputs[i];
  }

  public int label(int i) {
    return labels[i];
  }

  /**
   * For engines: the loss of example {@code i} at its logits; writes its gradient.
   *
   * @param logits holds zᵢ from element {@code from} on
   * @param gradient where ∂L/∂zᵢ is written, from element {@code from} on
   */
  public double gradient(int i, float[] logits, float[] gradient, int from) {
    double max = logits[from];
    for (int o = 1; o < outputs; o++) {
      max = Math.max(max, logits[from + o]);
    }
    double sum = 0;
    for (int o = 0; o < outputs; o++) {
      double e = Math.exp(logits[from + o] - max);
      sum += e;
      gradient[from + o] = (float) e;
    }
    float scale = (float) (weights[i] / sum);
    float pull = pulls[i];
    double quadratic = 0;
    for (int o = 0; o < outputs; o++) {
      float z = logits[from + o];
      float pulledTo = pulled[i * outputs + o];
      gradient[from + o] = gradient[from + o] * scale + pull * z - pulledTo;
      quadratic += (0.5 * pull * z - pulledTo) * z;
    }
    gradient[from + labels[i]] -= weights[i];
    double crossEntropy = max + Math.log(sum) - logits[from + labels[i]];
    return weights[i] * crossEntropy + quadratic + pullConstants[i];
  }

  private void grow(int needed) {
    if (needed <= labels.length) {
      return;
    }
    int capacity = Math.max(16, 2 * needed);
    inputs = Arrays.copyOf(inputs, capacity);
    labels = Arrays.copyOf(labels, capacity);
    weights = Arrays.copyOf(weights, capacity);
    pulls = Arrays.copyOf(pulls, capacity);
    pulled = Arrays.copyOf(pulled, capacity * outputs);
    pullConstants = Arrays.copyOf(pullConstants, capacity);
  }
}
