package io.engram.core.compute.episode;

import io.engram.core.network.Head;
import io.engram.core.network.Layer;
import io.engram.core.network.NetworkSpec;
import java.util.Optional;

/**
 * How the last layer, {@code logits = W·f(x) + b}, is fitted to a support set in closed form. f is all before it, with θ's parameters; nothing
 * of θ's own last layer is left but what a rule says of its bias.
 *
 * <p>Where a rule has a scale, it is learned: the mean of θ's own bias of the last layer is its logarithm, beside what the rule begins with.
 * That is a parameter like any other, moved by the outer loop, and the same for every class.
 */
public sealed interface HeadFit {

  /**
   * Prototypical Networks with squared Euclidean distance (Snell et al. 2017, eq. 8): {@code W_k = 2c_k, b_k = −|c_k|²}, c_k the mean of
   * f over the class's examples. A class without any has the mean of all examples.
   */
  record Prototypes() implements HeadFit {}

  /**
   * Directions of prototypes: {@code W_k = s·c_k/|c_k|, b_k = 0}. The largest logit is that of the largest cosine; the length of f(x) stays in
   * them, so that they are cosines times s where f ends in a layer-norm, up to its gain.
   *
   * @param scale s before anything is learned, more than 0
   */
  record CosinePrototypes(float scale) implements HeadFit {
    public CosinePrototypes {
      positive("scale", scale);
    }
  }

  /**
   * Ridge regression (R2-D2, Bertinetto et al. 2019, eq. 4 and 6) on one-hot classes, or on the targets themselves: {@code
   * [W b]ᵀ = s·Xᵀ(XXᵀ + λI)⁻¹Y}, each row of X an f(x) and a 1.
   *
   * @param lambda λ, more than 0
   * @param scale s before anything is learned, more than 0; numbers to predict are not scaled
   */
  record Ridge(float lambda, float scale) implements HeadFit {
    public Ridge {
      positive("lambda", lambda);
      positive("scale", scale);
    }
  }

  /** Why a network has no head that this can fit; nothing if it has. */
  default Optional<String> misfit(NetworkSpec network) {
    if (!(network.layers().get(network.layers().size() - 1) instanceof Layer.Dense)) {
      return Optional.of(
          "a head fitted in closed form takes the place of a dense layer at the end, but the network is "
              + network);
    }
    return this instanceof Ridge || network.head() == Head.SOFTMAX_CROSS_ENTROPY
        ? Optional.empty()
        : Optional.of(
            "prototypes are of classes, but %s predicts numbers; a ridge head can"
                .formatted(network));
  }

  private static void positive(String what, float value) {
    if (!(value > 0 && Float.isFinite(value))) {
      throw new IllegalArgumentException(
          "the %s of a closed-form head must be more than 0, found %s".formatted(what, value));
    }
  }
}
