package io.engram.core.network;

import io.engram.core.network.Layer.Padding;
import io.engram.core.network.Shape.Image;
import io.engram.core.network.Shape.Vector;

/** Shape inference: what each layer makes of its input, or an error naming the layer and both shapes. */
final class LayerShapes {

  private LayerShapes() {}

  static Shape output(int index, Layer layer, Shape input) {
    if (layer instanceof Layer.Dense dense) {
      if (input instanceof Image) {
        throw mismatch(index, layer, "a vector", input, "add flatten before it");
      }
      return new Vector(dense.units());
    }
    if (layer instanceof Layer.Conv2d conv) {
      Image image = image(index, layer, input);
      return new Image(
          conv.filters(),
          window(index, layer, image.height(), conv.kernel(), conv.stride(), conv.padding()),
          window(index, layer, image.width(), conv.kernel(), conv.stride(), conv.padding()));
    }
    if (layer instanceof Layer.MaxPool pool) {
      return pooled(index, layer, image(index, layer, input), pool.kernel(), pool.stride());
    }
    if (layer instanceof Layer.AveragePool pool) {
      return pooled(index, layer, image(index, layer, input), pool.kernel(), pool.stride());
    }
    if (layer instanceof Layer.Flatten) {
      return new Vector(image(index, layer, input).size());
    }
    return input;
  }

  private static Image pooled(int index, Layer layer, Image image, int kernel, int stride) {
    return new Image(
        image.channels(),
        window(index, layer, image.height(), kernel, stride, Padding.VALID),
        window(index, layer, image.width(), kernel, stride, Padding.VALID));
  }

  private static int window(
      int index, Layer layer, int size, int kernel, int stride, Padding padding) {
    if (padding == Padding.SAME) {
      return (size + stride - 1) / stride;
    }
    if (kernel > size) {
      throw new IllegalArgumentException(
          "layer %d (%s): its window of %d is larger than its input of %d; use padding same or fewer pooling layers"
              .formatted(index, NetworkText.format(layer), kernel, size));
    }
    return (size - kernel) / stride + 1;
  }

  private static Image image(int index, Layer layer, Shape input) {
    if (input instanceof Image image) {
      return image;
    }
    throw mismatch(
        index, layer, "an image", input, "give the network an input(channels,height,width)");
  }

  private static IllegalArgumentException mismatch(
      int index, Layer layer, String expected, Shape found, String remedy) {
    return new IllegalArgumentException(
        "layer %d (%s): expected %s as input, found %s; %s"
            .formatted(index, NetworkText.format(layer), expected, found, remedy));
  }
}
