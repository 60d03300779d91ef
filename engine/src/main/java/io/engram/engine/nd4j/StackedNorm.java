package io.engram.engine.nd4j;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Batch and layer normalisation; they differ in the dimensions whose mean is taken and in those that share γ and β. With r =
 * (var + ε)^−½, x̂ = (x − mean)·r and h = γg: y = γx̂ + β and ∂x = r·(h − mean(h) − x̂·mean(h·x̂)).
 */
final class StackedNorm extends ParameterLayer {

  private final double epsilon;
  private final int[] averaged;
  private final int[] sharing;
  private @Nullable INDArray normal;
  private @Nullable INDArray inverseDeviation;

  private StackedNorm(double epsilon, int[] averaged, int[] sharing, long... shape) {
    super(room(shape), room(shape));
    this.epsilon = epsilon;
    this.averaged = averaged;
    this.sharing = sharing;
  }

  private static INDArray[] room(long... shape) {
    return new INDArray[] {StackLayer.room(shape), StackLayer.room(shape)};
  }

  /** Over examples, and pixels where {@code x} [T, examples, …] holds images. */
  static StackedNorm batch(double epsilon, INDArray x) {
    return x.rank() == 3
        ? new StackedNorm(epsilon, new int[] {1}, new int[] {1}, x.size(0), 1, x.size(2))
        : new StackedNorm(
            epsilon, new int[] {1, 3, 4}, new int[] {1, 3, 4}, x.size(0), 1, x.size(2), 1, 1);
  }

  /** Over all features of an example. */
  static StackedNorm layer(double epsilon, INDArray x) {
    return x.rank() == 3
        ? new StackedNorm(epsilon, new int[] {2}, new int[] {1}, x.size(0), 1, x.size(2))
        : new StackedNorm(
            epsilon,
            new int[] {2, 3, 4},
            new int[] {1},
            x.size(0),
            1,
            x.size(2),
            x.size(3),
            x.size(4));
  }

  @Override
  public void forward(INDArray x, INDArray y) {
    INDArray centred = x.sub(x.mean(true, averaged));
    INDArray variance = centred.mul(centred).mean(true, averaged);
    INDArray r = Transforms.sqrt(variance.addi(epsilon), false).rdivi(1);
    normal = centred.muli(r);
    inverseDeviation = r;
    y.assign(centred.mul(parameters[0]).addi(parameters[1]));
  }

  @Override
  public void backward(INDArray x, INDArray y, INDArray gy, INDArray gx, boolean intoInput) {
    INDArray xHat = requireNonNull(normal, "backward needs forward before");
    gradients[0].assign(gy.mul(xHat).sum(true, sharing));
    gradients[1].assign(gy.sum(true, sharing));
    if (intoInput) {
      INDArray h = gy.mul(parameters[0]);
      INDArray product = h.mul(xHat).mean(true, averaged);
      h.subi(h.mean(true, averaged)).subi(xHat.mul(product));
      gx.assign(h.muli(requireNonNull(inverseDeviation, "set with the normalised input")));
    }
  }
}
