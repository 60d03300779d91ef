package io.engram.benchmarks.libtorch;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** The bench's networks in libtorch, as functions of a list of parameters. */
@SuppressWarnings("UnsafeFinalization") // JavaCPP holds its pointers itself
enum Network {
  MLP(784, 64, 5),
  SINUSOID(1, 40, 1),
  CONV4(784, 64, 5);

  private final int inputs;
  private final int hidden;
  private final int outputs;

  Network(int inputs, int hidden, int outputs) {
    this.inputs = inputs;
    this.hidden = hidden;
    this.outputs = outputs;
  }

  /** θ; with {@code tasks > 0} with a leading task dimension. */
  List<Tensor> parameters(int tasks) {
    List<Tensor> parameters = new ArrayList<>();
    if (this == CONV4) {
      for (int i = 0; i < 4; i++) {
        parameters.add(small(hidden, i == 0 ? 1 : hidden, 3, 3));
        parameters.add(small(hidden));
        parameters.add(torch.ones(hidden));
        parameters.add(torch.zeros(hidden));
      }
      parameters.add(small(4L * hidden, outputs));
      parameters.add(torch.zeros(outputs));
      return parameters;
    }
    int[] widths = {inputs, hidden, hidden, outputs};
    for (int i = 0; i < 3; i++) {
      if (tasks > 0) {
        parameters.add(small(tasks, widths[i], widths[i + 1]));
        parameters.add(small(tasks, 1, widths[i + 1]));
      } else {
        parameters.add(small(widths[i], widths[i + 1]));
        parameters.add(small(widths[i + 1]));
      }
    }
    return parameters;
  }

  Tensor examples(int tasks, int count) {
    if (this == CONV4) {
      return torch.randn(count, 1, 28, 28);
    }
    return tasks > 0 ? torch.randn(tasks, count, inputs) : torch.randn(count, inputs);
  }

  Tensor targets(int tasks, int count) {
    if (this == SINUSOID) {
      return tasks > 0 ? torch.randn(tasks, count, 1) : torch.randn(count, 1);
    }
    long[] classes = new long[Math.max(1, tasks) * count];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = i % outputs;
    }
    return Tensor.create(classes);
  }

  /** Mean loss of a task; of all tasks summed where they are batched. */
  Tensor loss(List<Tensor> w, Tensor x, Tensor targets, int tasks) {
    if (this == CONV4) {
      return torch.cross_entropy_loss(convolutions(w, x), targets);
    }
    Tensor z = x;
    for (int i = 0; i < 3; i++) {
      z =
          tasks > 0
              ? torch.baddbmm(w.get(2 * i + 1), z, w.get(2 * i))
              : torch.addmm(w.get(2 * i + 1), z, w.get(2 * i));
      z = i < 2 ? torch.relu(z) : z;
    }
    Tensor mean =
        this == SINUSOID
            ? torch.mse_loss(z, targets)
            : torch.cross_entropy_loss(z.reshape(-1, outputs), targets);
    return tasks > 0 ? mean.mul(new Scalar((float) tasks)) : mean;
  }

  private Tensor convolutions(List<Tensor> w, Tensor x) {
    Tensor z = x;
    for (int i = 0; i < 4; i++) {
      z =
          torch.conv2d(
              z,
              w.get(4 * i),
              new TensorOptional(w.get(4 * i + 1)),
              new long[] {2, 2},
              new long[] {1, 1},
              new long[] {1, 1},
              1);
      z =
          torch.batch_norm(
              z,
              new TensorOptional(w.get(4 * i + 2)),
              new TensorOptional(w.get(4 * i + 3)),
              new TensorOptional(),
              new TensorOptional(),
              true,
              0.1,
              1e-5,
              false);
      z = torch.relu(z);
    }
    return torch.addmm(w.get(17), z.reshape(-1, 4L * hidden), w.get(16));
  }

  private static Tensor small(long... shape) {
    return torch.randn(shape).mul(new Scalar(0.05f));
  }
}
