package io.engram.core.network;

/**
 * One layer of a {@link NetworkSpec}. Parameters, where a layer has any, are laid out as in DL4J (see {@link
 * ParameterLayout}).
 */
public sealed interface Layer {

  /** Answers by kind. */
  <R> R on(Cases<R> cases);

  /** One answer for each kind: who decides by the kind of a layer implements it, and a new kind makes it fail to compile. */
  interface Cases<R> {

    R dense(Dense layer);

    R conv2d(Conv2d layer);

    R batchNorm(BatchNorm layer);

    R layerNorm(LayerNorm layer);

    R maxPool(MaxPool layer);

    R averagePool(AveragePool layer);

    R flatten(Flatten layer);

    R activation(Activation layer);
  }

  /** Fully connected: {@code y = xW + b}, W of shape [in, units]. Needs a vector input. */
  record Dense(int units) implements Layer {
    public Dense {
      positive("dense units", units);
    }

    @Override
    public <R> R on(Cases<R> cases) {
      return cases.dense(this);
    }
  }

  /** 2-d convolution with bias; W of shape [filters, channels, kernel, kernel]. */
  record Conv2d(int filters, int kernel, int stride, Padding padding) implements Layer {
    public Conv2d {
      positive("conv filters", filters);
      positive("conv kernel", kernel);
      positive("conv stride", stride);
    }

    @Override
    public <R> R on(Cases<R> cases) {
      return cases.conv2d(this);
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

    @Override
    public <R> R on(Cases<R> cases) {
      return cases.batchNorm(this);
    }
  }

  /** Layer normalisation over the features of each example, with learned gain and bias (Ba et al. 2016). */
  record LayerNorm(float epsilon) implements Layer {
    public LayerNorm {
      if (!(epsilon > 0)) {
        throw new IllegalArgumentException("layer-norm epsilon must be positive, found " + epsilon);
      }
    }

    @Override
    public <R> R on(Cases<R> cases) {
      return cases.layerNorm(this);
    }
  }

  /** Maximum over windows. */
  record MaxPool(int kernel, int stride) implements Layer {
    public MaxPool {
      positive("max-pool kernel", kernel);
      positive("max-pool stride", stride);
    }

    @Override
    public <R> R on(Cases<R> cases) {
      return cases.maxPool(this);
    }
  }

  /** Mean over windows. */
  record AveragePool(int kernel, int stride) implements Layer {
    public AveragePool {
      positive("average-pool kernel", kernel);
      positive("average-pool stride", stride);
    }

    @Override
    public <R> R on(Cases<R> cases) {
      return cases.averagePool(this);
    }
  }

  /** Image to vector, channels first as in DL4J. */
  record Flatten() implements Layer {
    @Override
    public <R> R on(Cases<R> cases) {
      return cases.flatten(this);
    }
  }

  /** An element-wise non-linearity. */
  record Activation(Function function) implements Layer {
    @Override
    public <R> R on(Cases<R> cases) {
      return cases.activation(this);
    }
  }

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
