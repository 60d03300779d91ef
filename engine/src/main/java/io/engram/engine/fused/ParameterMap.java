package io.engram.engine.fused;

import io.engram.core.network.ParameterLayout;
import io.engram.core.network.ParameterTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Between the flat layout of the port (DL4J's) and the engine's own: trainable tensors only, in the same order, without
 * gaps, the elements of some of them rearranged so that convolutions can run channels last. Applied once per call, not once
 * per episode.
 */
final class ParameterMap {

  private final ParameterLayout layout;
  private final List<Entry> entries = new ArrayList<>();
  private int length;

  ParameterMap(ParameterLayout layout) {
    this.layout = layout;
  }

  /**
   * Adds the next trainable tensor.
   *
   * @param layoutIndex its position in {@link ParameterLayout#tensors()}
   * @param order element i here is element {@code order[i]} there; null where both agree
   * @return its index in this map
   */
  int add(int layoutIndex, boolean matrix, int @Nullable [] order) {
    ParameterTensor tensor = layout.tensors().get(layoutIndex);
    entries.add(new Entry(layoutIndex, tensor.offset(), length, tensor.length(), matrix, order));
    length += tensor.length();
    return entries.size() - 1;
  }

  int tensorCount() {
    return entries.size();
  }

  /** Floats in the engine's flat order. */
  int length() {
    return length;
  }

  int length(int tensor) {
    return entries.get(tensor).length;
  }

  /** First element in the engine's flat order. */
  int offset(int tensor) {
    return entries.get(tensor).offset;
  }

  /** Whether a tensor is an operand of matrix products. */
  boolean isMatrix(int tensor) {
    return entries.get(tensor).matrix;
  }

  /** Position in {@link ParameterLayout#tensors()}. */
  int layoutIndex(int tensor) {
    return entries.get(tensor).layoutIndex;
  }

  /** From the port's order to the engine's. */
  void gather(float[] flat, float[] own) {
    for (int t = 0; t < entries.size(); t++) {
      Entry entry = entries.get(t);
      int[] order = entry.order;
      if (order == null) {
        System.arraycopy(flat, entry.flatOffset, own, entry.offset, entry.length);
      } else {
        for (int i = 0; i < order.length; i++) {
          own[entry.offset + i] = flat[entry.flatOffset + order[i]];
        }
      }
    }
  }

  /** From the engine's order to the port's; elements that are never trained are left as they are. */
  void scatter(float[] own, float[] flat) {
    for (int t = 0; t < entries.size(); t++) {
      Entry entry = entries.get(t);
      int[] order = entry.order;
      if (order == null) {
        System.arraycopy(own, entry.offset, flat, entry.flatOffset, entry.length);
      } else {
        for (int i = 0; i < order.length; i++) {
          flat[entry.flatOffset + order[i]] = own[entry.offset + i];
        }
      }
    }
  }

  /** {@code flat −= a∘b} for one tensor, a and b in the engine's order, flat in the port's. */
  void subtractProduct(int tensor, float[] a, float[] b, float[] flat) {
    Entry entry = entries.get(tensor);
    int[] order = entry.order;
    for (int i = 0; i < entry.length; i++) {
      flat[entry.flatOffset + (order == null ? i : order[i])] -= a[i] * b[i];
    }
  }

  /** [outer, channels, inner] to [outer, inner, channels]: where each element of the latter is found in the former. */
  static int @Nullable [] channelsLast(int outer, int channels, int inner) {
    if (channels == 1 || inner == 1) {
      return null;
    }
    int[] order = new int[outer * channels * inner];
    int next = 0;
    for (int o = 0; o < outer; o++) {
      for (int i = 0; i < inner; i++) {
        for (int c = 0; c < channels; c++) {
          order[next++] = (o * channels + c) * inner + i;
        }
      }
    }
    return order;
  }

  private static final class Entry {
    final int layoutIndex;
    final int flatOffset;
    final int offset;
    final int length;
    final boolean matrix;
    final int @Nullable [] order;

    Entry(
        int layoutIndex,
        int flatOffset,
        int offset,
        int length,
        boolean matrix,
        int @Nullable [] order) {
      this.layoutIndex = layoutIndex;
      this.flatOffset = flatOffset;
      this.offset = offset;
      this.length = length;
      this.matrix = matrix;
      this.order = order == null ? null : Arrays.copyOf(order, order.length);
    }
  }
}
