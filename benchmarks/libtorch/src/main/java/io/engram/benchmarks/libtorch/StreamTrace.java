package io.engram.benchmarks.libtorch;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** The steps a learner of ours took, as tensors, kept for all rounds. */
@SuppressWarnings("UnsafeFinalization") // see Network
final class StreamTrace {

  final float[] settings;

  /** θ before and after, in layout order. */
  final Tensor start;

  final Tensor end;

  /** [examples, 784]. */
  final Tensor pixels;

  /** [examples]. */
  final Tensor classes;

  /** The examples of each step. */
  final List<Tensor> batches = new ArrayList<>();

  StreamTrace(Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      settings = floats(in);
      start = Tensor.create(floats(in));
      end = Tensor.create(floats(in));
      int examples = in.readInt();
      int width = (int) StreamNetwork.width(0);
      float[] all = new float[examples * width];
      long[] labels = new long[examples];
      for (int i = 0; i < examples; i++) {
        System.arraycopy(floats(in), 0, all, i * width, width);
        labels[i] = in.readInt();
      }
      pixels = Tensor.create(all).reshape(examples, width);
      classes = Tensor.create(labels);
      int steps = in.readInt();
      for (int s = 0; s < steps; s++) {
        long[] batch = new long[in.readInt()];
        for (int i = 0; i < batch.length; i++) {
          batch[i] = in.readInt();
        }
        batches.add(Tensor.create(batch));
      }
    }
  }

  /** ‖θ − end‖ / ‖end − start‖. */
  double apart(Tensor theta) {
    double off = theta.sub(end, new Scalar(1f)).norm().item_double();
    return off / end.sub(start, new Scalar(1f)).norm().item_double();
  }

  private static float[] floats(DataInputStream in) throws IOException {
    float[] values = new float[in.readInt()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readFloat();
    }
    return values;
  }
}
