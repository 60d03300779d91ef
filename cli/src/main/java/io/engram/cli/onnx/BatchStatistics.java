package io.engram.cli.onnx;

import io.engram.core.network.Shape;
import io.engram.core.network.Shape.Image;
import java.util.Map;

/**
 * Batch-norm on the statistics of the rows at hand, which ONNX's own operator does not do.
 *
 * @param group rows that are normalised together, each such group by itself; 0: all rows of the batch
 */
record BatchStatistics(OnnxGraph graph, int group) {

  String normalize(String input, Shape shape, float epsilon, float[] gain, float[] shift) {
    boolean image = shape instanceof Image;
    int channels = gain.length;
    int pixels = shape.size() / channels;
    String grouped = graph.node("Reshape", input, grouping(channels, pixels, image));
    long[] axes = image ? new long[] {1, 3} : new long[] {1};
    long[] each = image ? new long[] {channels, 1} : new long[] {channels};
    Map<String, Object> over = Map.of("axes", axes, "keepdims", 1L);
    String centred = graph.node("Sub", grouped, graph.node("ReduceMean", over, grouped));
    String variance = graph.node("ReduceMean", over, graph.node("Mul", centred, centred));
    String deviation =
        graph.node("Sqrt", graph.node("Add", variance, graph.floats(new float[] {epsilon})));
    String scaled =
        graph.node("Mul", graph.node("Div", centred, deviation), graph.floats(gain, each));
    String moved = graph.node("Add", scaled, graph.floats(shift, each));
    return graph.node("Reshape", moved, rows(shape, channels));
  }

  /** [groups × rows × channels (× pixels)] */
  private String grouping(int channels, int pixels, boolean image) {
    long groups = group == 0 ? 1 : -1;
    long rows = group == 0 ? -1 : group;
    return image
        ? graph.integers(groups, rows, channels, pixels)
        : graph.integers(groups, rows, channels);
  }

  private String rows(Shape shape, int channels) {
    return shape instanceof Image image
        ? graph.integers(-1, channels, image.height(), image.width())
        : graph.integers(-1, channels);
  }
}
