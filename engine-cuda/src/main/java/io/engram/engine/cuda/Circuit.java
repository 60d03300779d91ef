package io.engram.engine.cuda;

import io.engram.core.network.Layer;
import io.engram.core.network.NetworkSpec;
import io.engram.core.network.ParameterLayout;
import io.engram.core.network.ParameterTensor;
import io.engram.core.network.ParameterTensor.Role;
import io.engram.core.network.Shape;
import io.engram.core.network.Shape.Image;
import io.engram.engine.cuda.ConvolutionShape.Kernel;
import io.engram.engine.cuda.Layout.Border;
import java.util.ArrayList;
import java.util.List;

/**
 * A network as operations on the card. Layers without effect are gone, a rectifier behind a normalisation is part of it, and both may be
 * part of the network's first convolution. Parameters lie as in the port.
 */
final class Circuit {

  final NetworkSpec network;
  private final ParameterLayout layout;
  private final Tables tables;
  private final int sharedBytes;
  private final List<Operation> operations = new ArrayList<>();
  private final List<Layout> values = new ArrayList<>();
  private final List<Layout> errors = new ArrayList<>();
  private boolean batchDependent;

  Circuit(NetworkSpec network, Tables tables, int sharedBytes) {
    this.network = network;
    this.layout = network.layout();
    this.tables = tables;
    this.sharedBytes = sharedBytes;
    List<Stage> stages = Stage.of(network);
    layOut(stages);
    for (int i = 0; i < stages.size(); i++) {
      operations.add(operation(i, stages.get(i), stages));
    }
  }

  int size() {
    return operations.size();
  }

  Operation operation(int i) {
    return operations.get(i);
  }

  Tables tables() {
    return tables;
  }

  int sharedBytes() {
    return sharedBytes;
  }

  int parameters() {
    return layout.length();
  }

  ParameterLayout layout() {
    return layout;
  }

  Layout valueLayout(int i) {
    return values.get(i);
  }

  Layout errorLayout(int i) {
    return errors.get(i);
  }

  /** What operation {@code i} remembers of each task. */
  long noteFloats(int i, int examples) {
    Operation operation = operations.get(i);
    if (operation instanceof Normalisation norm) {
      return norm.noteFloats(examples);
    }
    if (operation instanceof Stem stem) {
      return stem.noteFloats();
    }
    if (operation instanceof Linear linear) {
      return i > firstTrainable() ? linear.noteFloats() : 0;
    }
    return operation instanceof Pooling pooling ? pooling.noteFloats(examples) : 0;
  }

  /** What the first operation remembers of each task's input alone. */
  long inputNoteFloats() {
    return operations.get(0) instanceof Stem stem ? stem.inputNoteFloats() : 0;
  }

  /** Whether an example's outputs depend on the other examples of its batch. */
  boolean batchDependent() {
    return batchDependent;
  }

  /** The first operation with parameters. */
  int firstTrainable() {
    int i = 0;
    while (!operations.get(i).trainable()) {
      i++;
    }
    return i;
  }

  /** The last operation with parameters. */
  int head() {
    int i = size() - 1;
    while (!operations.get(i).trainable()) {
      i--;
    }
    return i;
  }

  /** Finds out how far each value and its errors are extended by zeros: a convolution says so of what is before and behind it. */
  private void layOut(List<Stage> stages) {
    for (int i = 0; i <= stages.size(); i++) {
      Shape shape = i == 0 ? network.input() : stages.get(i - 1).out();
      Border around = Border.NONE;
      Border aroundErrors = Border.NONE;
      if (i < stages.size() && stages.get(i).layer() instanceof Layer.Conv2d conv) {
        around = around.with(border(conv, (Image) shape, (Image) stages.get(i).out()));
      }
      // Nobody asks for the errors in front of a stem.
      if (i > 0
          && stages.get(i - 1).behind() == null
          && stages.get(i - 1).layer() instanceof Layer.Conv2d conv) {
        aroundErrors = errorBorder(conv, stages.get(i - 1));
      }
      values.add(Layout.of(shape, around));
      errors.add(Layout.of(shape, aroundErrors));
    }
  }

  private static int[] vertical(Layer.Conv2d conv, Image in, Image out) {
    return conv.padding() == Layer.Padding.VALID
        ? new int[2]
        : ConvolutionShape.padding(in.height(), out.height(), conv.kernel(), conv.stride());
  }

  private static int[] horizontal(Layer.Conv2d conv, Image in, Image out) {
    return conv.padding() == Layer.Padding.VALID
        ? new int[2]
        : ConvolutionShape.padding(in.width(), out.width(), conv.kernel(), conv.stride());
  }

  private static Border border(Layer.Conv2d conv, Image in, Image out) {
    return ConvolutionShape.around(vertical(conv, in, out), horizontal(conv, in, out));
  }

  private static Border errorBorder(Layer.Conv2d conv, Stage stage) {
    return kernel(conv, stage)
        .aroundErrors(Layout.of(stage.in(), Border.NONE), Layout.of(stage.out(), Border.NONE));
  }

  private Operation operation(int number, Stage stage, List<Stage> stages) {
    Layer layer = stage.layer();
    if (layer instanceof Layer.Conv2d conv && stage.behind() != null) {
      batchDependent = true;
      return stem(stage, conv, stage.behind());
    }
    if (layer instanceof Layer.Dense) {
      return linear(number, stage, dense(number), stages);
    }
    if (layer instanceof Layer.Conv2d conv) {
      return linear(number, stage, convolution(number, stage, conv), stages);
    }
    if (layer instanceof Layer.BatchNorm norm) {
      batchDependent = true;
      return norm(number, stage, false, norm.epsilon());
    }
    if (layer instanceof Layer.LayerNorm norm) {
      return norm(number, stage, true, norm.epsilon());
    }
    if (layer instanceof Layer.MaxPool pool) {
      return new Pooling(
          number, true, (Image) stage.in(), (Image) stage.out(), pool.kernel(), pool.stride());
    }
    if (layer instanceof Layer.AveragePool pool) {
      return new Pooling(
          number, false, (Image) stage.in(), (Image) stage.out(), pool.kernel(), pool.stride());
    }
    if (layer instanceof Layer.Activation activation) {
      Elementwise.Kind kind =
          activation.function() == Layer.Function.TANH
              ? Elementwise.Kind.TANH
              : Elementwise.Kind.RECTIFIER;
      return new Elementwise(number, kind, Stage.rectifierSlope(layer), stage.in().size());
    }
    throw new IllegalStateException("no operation on a card for layer " + layer);
  }

  private Stem stem(Stage stage, Layer.Conv2d conv, Layer.BatchNorm norm) {
    Image in = (Image) stage.in();
    Image out = (Image) stage.out();
    return new Stem(
        new StemWindow(
            in.channels(),
            conv.kernel(),
            conv.stride(),
            vertical(conv, in, out)[0],
            horizontal(conv, in, out)[0]),
        out.channels(),
        norm.epsilon(),
        stage.slope(),
        new Stem.Tensors(
            offset(stage.index(), Role.WEIGHT),
            offset(stage.index() + 1, Role.GAIN),
            offset(stage.index() + 1, Role.SHIFT)));
  }

  private Linear linear(int number, Stage stage, Linear.Shape shape, List<Stage> stages) {
    boolean biased =
        number + 1 == stages.size() || !(stages.get(number + 1).layer() instanceof Layer.BatchNorm);
    return new Linear(
        number, tables, shape, offset(stage, Role.WEIGHT), offset(stage, Role.BIAS), biased);
  }

  private DenseShape dense(int number) {
    return new DenseShape(
        tables,
        values.get(number),
        values.get(number + 1),
        errors.get(number),
        errors.get(number + 1));
  }

  private ConvolutionShape convolution(int number, Stage stage, Layer.Conv2d conv) {
    return new ConvolutionShape(
        tables,
        values.get(number),
        values.get(number + 1),
        errors.get(number),
        errors.get(number + 1),
        kernel(conv, stage));
  }

  private static Kernel kernel(Layer.Conv2d conv, Stage stage) {
    Image in = (Image) stage.in();
    Image out = (Image) stage.out();
    return new Kernel(
        conv.kernel(), conv.stride(), vertical(conv, in, out)[0], horizontal(conv, in, out)[0]);
  }

  private Normalisation norm(int number, Stage stage, boolean layerwise, float epsilon) {
    Image image = stage.in() instanceof Image found ? found : null;
    int features = image == null ? stage.in().size() : image.channels();
    int pixels = image == null ? 1 : image.height() * image.width();
    return new Normalisation(
        number,
        new Normalisation.Extent(layerwise, features, pixels),
        epsilon,
        stage.slope(),
        offset(stage, Role.GAIN),
        offset(stage, Role.SHIFT),
        sharedBytes);
  }

  private int offset(Stage stage, Role role) {
    return offset(stage.index(), role);
  }

  private int offset(int index, Role role) {
    for (ParameterTensor tensor : layout.tensors()) {
      if (tensor.layer() == index && tensor.role() == role) {
        return tensor.offset();
      }
    }
    throw new IllegalStateException("layer " + network.layers().get(index) + " has no " + role);
  }
}
