package io.engram.benchmarks.libtorch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** All parameters of a network, or something of the same shapes, tensor by tensor. Changed in place. */
@SuppressWarnings("UnsafeFinalization") // see Network
record TensorList(List<Tensor> tensors) {

  static TensorList of(TensorVector vector) {
    List<Tensor> tensors = new ArrayList<>();
    for (long i = 0; i < vector.size(); i++) {
      tensors.add(vector.get(i));
    }
    return new TensorList(tensors);
  }

  /** One of the same shapes. */
  TensorList map(UnaryOperator<Tensor> each) {
    return new TensorList(tensors.stream().map(each).toList());
  }

  TensorList copy() {
    return map(Tensor::clone);
  }

  TensorList zeros() {
    return map(torch::zeros_like);
  }

  TensorVector vector() {
    return new TensorVector(tensors.toArray(new Tensor[0]));
  }

  Tensor get(int i) {
    return tensors.get(i);
  }

  void set(TensorList other) {
    for (int i = 0; i < tensors.size(); i++) {
      get(i).copy_(other.get(i));
    }
  }

  void clear() {
    tensors.forEach(Tensor::zero_);
  }

  void add(float factor, TensorList other) {
    Scalar scalar = new Scalar(factor);
    for (int i = 0; i < tensors.size(); i++) {
      get(i).add_(other.get(i), scalar);
    }
  }

  void addProduct(float factor, TensorList x, TensorList y) {
    Scalar scalar = new Scalar(factor);
    for (int i = 0; i < tensors.size(); i++) {
      get(i).addcmul_(x.get(i), y.get(i), scalar);
    }
  }

  void average(TensorList other, float rate) {
    Scalar scalar = new Scalar(rate);
    for (int i = 0; i < tensors.size(); i++) {
      get(i).lerp_(other.get(i), scalar);
    }
  }

  /** this ← max(other, 0). */
  void rectify(TensorList other) {
    Scalar zero = new Scalar(0f);
    for (int i = 0; i < tensors.size(); i++) {
      torch.clamp_min_out(get(i), other.get(i), zero);
    }
  }

  /** this ← numerator / (1 + factor·other). */
  void dampen(float numerator, float factor, TensorList other) {
    Tensor times = torch.scalar_tensor(new Scalar(factor));
    Scalar one = new Scalar(1f);
    Scalar over = new Scalar(numerator);
    for (int i = 0; i < tensors.size(); i++) {
      torch.mul_out(get(i), other.get(i), times).add_(one).reciprocal_().mul_(over);
    }
  }

  void keepWherePositive(TensorList condition) {
    Scalar zero = new Scalar(0f);
    for (int i = 0; i < tensors.size(); i++) {
      get(i).mul_(condition.get(i).gt(zero));
    }
  }

  /** Euclidean norm of all of them together. */
  double norm() {
    double squares = 0;
    for (Tensor tensor : tensors) {
      double norm = tensor.norm().item_double();
      squares += norm * norm;
    }
    return Math.sqrt(squares);
  }
}
