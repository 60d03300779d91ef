package io.engram.core.network;

/**
 * One layer of a {@link NetworkSpec}. Parameters, where a layer has any, are laid out as in DL4J (see {@link
 * ParameterLayout}).
 */
public sealed interface Layer {

  /** Fully connected: {@code y = xW + b}, W of shape [in, units]. Needs a vector input. */
  record Dense(int units) implements Layer {
    public Dense {
      positive("dense units", units);
    }
  }

  /** 2-d convolution with bias; W of shape [filters, channels, kernel, kernel]. */
  record Conv2d(int filters, int kernel, int stride, Padding padding) implements Layer {
    public Conv2d {
      positive("conv filters", filters);
      positive("conv kernel", kernel);
      positive("conv stride", stride);
    }
  }

  /**
   * Batch normalisation on the statistics of the batch at hand, with learned γ and β (Ioffe &amp; Szegedy 2015, algorithm
   * 1). There are no running averages: as in MAML and Reptile, every forward pass uses its own batch.
   */
  record BatchNorm(float epsilon) implements Layer {
    public BatchNorm {
      if (!(epsilon > 0)) {
        throw new IllegalArgumentException("batch-norm epsilon must be positive, found " + epsilon);
      }
    }
  }

  /** Layer normalisation over the features of each example, with learned gain and bias (Ba et al. 2016). */
  record LayerNorm(float epsilon) implements Layer {
    public LayerNorm {
      if (!(epsilon > 0)) {
        throw new IllegalArgumentException("layer-norm epsilon must be positive, found " + epsilon);
      }
    }
  }

  /** Maximum over windows. */
  record MaxPool(int kernel, int stride) implements Layer {
    public MaxPool {
      positive("max-pool kernel", kernel);
      positive("max-pool stride", stride);
    }
  }

  /** Mean over windows. */
  record AveragePool(int kernel, int stride) implements Layer {
    public AveragePool {
      positive("average-pool kernel", kernel);
      positive("average-pool stride", stride);
    }
  }

  /** Image to vector, channels first as in DL4J. */
  record Flatten() implements Layer {}

  /** An element-wise non-linearity. */
  record Activation(Function function) implements Layer {}

  /** The element-wise non-linearities; leaky ReLU has slope 0.01 below zero, as in DL4J. */
  enum Function {
    RELU,
    LEAKY_RELU,
    TANH,
    IDENTITY
  }

  /** How a convolution treats the border. */
  enum Padding {
    /** Output is {@code ceil(in / stride)}; zeros are added, the odd one at the bottom and right. */
    SAME,
    /** No padding: output is {@code floor((in − kernel) / stride) + 1}. */
    VALID
  }

  private static void positive(String what, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(what + " must be at least 1, found " + value);
    }
  }
}
