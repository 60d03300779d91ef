package io.engram.cli.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;

/** A graph in the making: constants and nodes in the order in which they are computed. Field numbers are those of onnx.proto. */
final class OnnxGraph {

  private static final int FLOAT = 1;
  private static final int INT64 = 7;
  private static final int ATTRIBUTE_FLOAT = 1;
  private static final int ATTRIBUTE_INT = 2;
  private static final int ATTRIBUTE_INTS = 7;

  private final ProtoMessage graph = new ProtoMessage();
  private int named;

  /**
   * A constant.
   *
   * @return its name
   */
  String floats(float[] values, long... shape) {
    ByteBuffer raw =
        ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(values);
    return constant(FLOAT, raw.array(), shape);
  }

  /** A list of whole numbers. */
  String integers(long... values) {
    ByteBuffer raw = ByteBuffer.allocate(Long.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asLongBuffer().put(values);
    return constant(INT64, raw.array(), values.length);
  }

  private String constant(int type, byte[] raw, long... shape) {
    String name = "c" + named++;
    ProtoMessage tensor = new ProtoMessage();
    for (long size : shape) {
      tensor.number(1, size);
    }
    graph.message(5, tensor.number(2, type).text(8, name).bytes(9, raw));
    return name;
  }

  /**
   * A node of one output.
   *
   * @param attributes a {@link Float}, a {@link Long} or an array of longs each
   * @return the output's name
   */
  String node(String operator, Map<String, Object> attributes, String... inputs) {
    String output = "t" + named++;
    named(output, operator, attributes, inputs);
    return output;
  }

  String node(String operator, String... inputs) {
    return node(operator, Map.of(), inputs);
  }

  /** A node whose output has a name of its own. */
  void named(String output, String operator, Map<String, Object> attributes, String... inputs) {
    ProtoMessage node = new ProtoMessage();
    for (String input : inputs) {
      node.text(1, input);
    }
    node.text(2, output).text(3, "n" + named++).text(4, operator);
    attributes.forEach((name, value) -> node.message(5, attribute(name, value)));
    graph.message(1, node);
  }

  private static ProtoMessage attribute(String name, Object value) {
    ProtoMessage attribute = new ProtoMessage().text(1, name);
    if (value instanceof Float number) {
      return attribute.decimal(2, number).number(20, ATTRIBUTE_FLOAT);
    }
    if (value instanceof Long number) {
      return attribute.number(3, number).number(20, ATTRIBUTE_INT);
    }
    for (long number : (long[]) value) {
      attribute.number(8, number);
    }
    return attribute.number(20, ATTRIBUTE_INTS);
  }

  /** Whole graph: floats in, [batch × columns]. */
  ProtoMessage finish(String name, String input, int columns, List<Output> outputs) {
    graph.text(2, name).message(11, value(new Output(input, columns, false)));
    outputs.forEach(it -> graph.message(12, value(it)));
    return graph;
  }

  /**
   * What comes out: [batch × columns] floats, or [batch] whole numbers.
   *
   * @param indices whether it is the latter
   */
  record Output(String name, int columns, boolean indices) {}

  private static ProtoMessage value(Output output) {
    ProtoMessage shape = new ProtoMessage().message(1, new ProtoMessage().text(2, "batch"));
    if (!output.indices()) {
      shape.message(1, new ProtoMessage().number(1, output.columns()));
    }
    ProtoMessage tensor =
        new ProtoMessage().number(1, output.indices() ? INT64 : FLOAT).message(2, shape);
    return new ProtoMessage()
        .text(1, output.name())
        .message(2, new ProtoMessage().message(1, tensor));
  }
}
