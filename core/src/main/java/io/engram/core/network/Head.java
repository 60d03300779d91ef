package io.engram.core.network;

/** What the last layer's outputs mean, and so which loss trains them. Losses are means over examples. */
public enum Head {
  /** Outputs are logits; softmax cross-entropy over the first {@code ways} of them. */
  SOFTMAX_CROSS_ENTROPY,
  /** Outputs are predicted values; squared error averaged over examples and outputs. */
  MEAN_SQUARED_ERROR
}
