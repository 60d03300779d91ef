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

  static final int CLASSES = 10;

  final float[] settings;

  /** θ before and after, in the layout of {@link FlatNetwork}. */
  final Tensor start;

  final Tensor end;

  /** [examples, 784]. */
  final Tensor pixels;

  /** [examples, 10], one at the label. */
  final Tensor labels;

  /** The examples of each step. */
  final List<Tensor> batches = new ArrayList<>();

  StreamTrace(Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      settings = floats(in);
      start = FlatNetwork.fromLayout(floats(in));
      end = FlatNetwork.fromLayout(floats(in));
      int examples = in.readInt();
      float[] all = new float[examples * FlatNetwork.INPUTS];
      float[] hot = new float[examples * CLASSES];
      for (int i = 0; i < examples; i++) {
        System.arraycopy(floats(in), 0, all, i * FlatNetwork.INPUTS, FlatNetwork.INPUTS);
        hot[i * CLASSES + in.readInt()] = 1;
      }
      pixels = Tensor.create(all).reshape(examples, FlatNetwork.INPUTS);
      labels = Tensor.create(hot).reshape(examples, CLASSES);
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
