package io.engram.cli.onnx;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.engram.core.compute.episode.NormalizationMode;
import io.engram.core.learning.Scale;
import io.engram.core.network.Head;
import io.engram.core.network.Layer;
import io.engram.core.network.NetworkSpec;
import io.engram.model.Adaptation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an ONNX model, opset 17. In: {@code features} [batch × features], on the user's own scale. Out, of classes: {@code
 * probabilities} [batch × classes] and {@code label} [batch], the index of the most probable one; of numbers: {@code values} [batch ×
 * outputs], on the user's own scale.
 */
final class OnnxModel {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int IR_VERSION = 8;
  private static final int OPSET = 17;
  private static final String INPUT = "features";

  private final OnnxGraph graph = new OnnxGraph();
  private final OnnxSubject subject;

  private OnnxModel(OnnxSubject subject) {
    this.subject = subject;
  }

  static byte[] bytes(OnnxSubject subject) {
    return new OnnxModel(subject).whole();
  }

  private byte[] whole() {
    NetworkSpec network = subject.version().network();
    int columns = network.input().size();
    String scaled = scaled(INPUT, subject.version().weights().inputs());
    int support = supportRows();
    String rows = support == 0 ? scaled : joined(scaled, support, columns);
    int group = support == 0 ? 0 : support + 1;
    String outputs = new OnnxLayers(graph, network, subject.parameters(), group).all(rows);
    if (support > 0) {
      outputs = last(outputs, support, network.outputs());
    }
    List<OnnxGraph.Output> heads =
        network.head() == Head.MEAN_SQUARED_ERROR ? numbers(outputs) : classes(outputs);
    ProtoMessage model = new ProtoMessage().number(1, IR_VERSION).text(2, "engram");
    model.message(7, graph.finish(subject.version().name().model(), INPUT, columns, heads));
    model.message(8, new ProtoMessage().text(1, "").number(2, OPSET));
    metadata()
        .forEach((key, value) -> model.message(14, new ProtoMessage().text(1, key).text(2, value)));
    return model.bytes();
  }

  /** Rows that each question is normalised with: batch-norm sees the support set and one question at a time. */
  private int supportRows() {
    Adaptation adaptation = subject.version().adaptation();
    boolean together =
        subject.version().network().layers().stream().anyMatch(it -> it instanceof Layer.BatchNorm);
    return together && adaptation.normalization() == NormalizationMode.NON_TRANSDUCTIVE
        ? subject.support().length / subject.version().network().input().size()
        : 0;
  }

  private String scaled(String input, @Nullable Scale scale) {
    if (scale == null) {
      return input;
    }
    int columns = scale.shift().length;
    String centred = graph.node("Sub", input, graph.floats(scale.shift(), columns));
    String divided = graph.node("Div", centred, graph.floats(scale.deviation(), columns));
    return Float.isInfinite(scale.limit())
        ? divided
        : graph.node(
            "Clip",
            divided,
            graph.floats(new float[] {-scale.limit()}),
            graph.floats(new float[] {scale.limit()}));
  }

  /** [batch × columns] → [batch · (support + 1) × columns], each question behind a copy of the support set. */
  private String joined(String questions, int support, int columns) {
    String batch =
        graph.node(
            "Slice",
            graph.node("Shape", questions),
            graph.integers(0),
            graph.integers(1),
            graph.integers(0));
    Map<String, Object> along = Map.of("axis", 0L);
    String shape = graph.node("Concat", along, batch, graph.integers(support, columns));
    String copies =
        graph.node("Expand", graph.floats(subject.support(), 1, support, columns), shape);
    String each = graph.node("Reshape", questions, graph.integers(-1, 1, columns));
    String together = graph.node("Concat", Map.of("axis", 1L), copies, each);
    return graph.node("Reshape", together, graph.integers(-1, columns));
  }

  private String last(String outputs, int support, int width) {
    String grouped = graph.node("Reshape", outputs, graph.integers(-1, support + 1, width));
    String last =
        graph.node(
            "Slice",
            grouped,
            graph.integers(support),
            graph.integers(support + 1),
            graph.integers(1));
    return graph.node("Reshape", last, graph.integers(-1, width));
  }

  private List<OnnxGraph.Output> classes(String logits) {
    int all = subject.version().network().outputs();
    int ways = subject.classes().isEmpty() ? all : subject.classes().size();
    String inPlay =
        ways == all
            ? logits
            : graph.node(
                "Slice", logits, graph.integers(0), graph.integers(ways), graph.integers(1));
    graph.named("probabilities", "Softmax", Map.of("axis", 1L), inPlay);
    graph.named("label", "ArgMax", Map.of("axis", 1L, "keepdims", 0L), inPlay);
    return List.of(
        new OnnxGraph.Output("probabilities", ways, false), new OnnxGraph.Output("label", 1, true));
  }

  private List<OnnxGraph.Output> numbers(String outputs) {
    int width = subject.version().network().outputs();
    Scale scale = subject.version().weights().targets();
    if (scale == null) {
      graph.named("values", "Identity", Map.of(), outputs);
    } else {
      String wide = graph.node("Mul", outputs, graph.floats(scale.deviation(), width));
      graph.named("values", "Add", Map.of(), wide, graph.floats(scale.shift(), width));
    }
    return List.of(new OnnxGraph.Output("values", width, false));
  }

  private Map<String, String> metadata() {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("model", subject.version().name().model());
    metadata.put("version", Long.toString(subject.version().name().number()));
    metadata.put("network", subject.version().network().toString());
    metadata.put("adaptedOn", Integer.toString(subject.adaptedOn()));
    if (!subject.classes().isEmpty()) {
      metadata.put("classes", JSON.valueToTree(subject.classes()).toString());
    }
    return metadata;
  }
}
