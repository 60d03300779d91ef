package io.engram.core.network;

import io.engram.core.network.Layer.Padding;
import io.engram.core.network.Shape.Image;
import io.engram.core.network.Shape.Vector;

/** Shape inference: what a layer makes of its input, or an error naming the layer and both shapes. */
final class LayerShapes implements Layer.Cases<Shape> {

  private final int index;
  private final Shape input;

  private LayerShapes(int index, Shape input) {
    this.index = index;
    this.input = input;
  }

  static Shape output(int index, Layer layer, Shape input) {
    return layer.on(new LayerShapes(index, input));
  }

  @Override
  public Shape dense(Layer.Dense dense) {
    if (input instanceof Image) {
      throw mismatch(dense, "a vector", "add flatten before it");
    }
    return new Vector(dense.units());
  }

  @Override
  public Shape conv2d(Layer.Conv2d conv) {
    Image image = image(conv);
    return new Image(
        conv.filters(),
        window(conv, image.height(), conv.kernel(), conv.stride(), conv.padding()),
        window(conv, image.width(), conv.kernel(), conv.stride(), conv.padding()));
  }

  @Override
  public Shape batchNorm(Layer.BatchNorm norm) {
    return input;
  }

  @Override
  public Shape layerNorm(Layer.LayerNorm norm) {
    return input;
  }

  @Override
  public Shape maxPool(Layer.MaxPool pool) {
    return pooled(pool, pool.kernel(), pool.stride());
  }

  @Override
  public Shape averagePool(Layer.AveragePool pool) {
    return pooled(pool, pool.kernel(), pool.stride());
  }

  @Override
  public Shape flatten(Layer.Flatten flatten) {
    return new Vector(image(flatten).size());
  }

  @Override
  public Shape activation(Layer.Activation activation) {
    return input;
  }

  private Image pooled(Layer layer, int kernel, int stride) {
    Image image = image(layer);
    return new Image(
        image.channels(),
        window(layer, image.height(), kernel, stride, Padding.VALID),
        window(layer, image.width(), kernel, stride, Padding.VALID));
  }

  private int window(Layer layer, int size, int kernel, int stride, Padding padding) {
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

  private Image image(Layer layer) {
    if (input instanceof Image image) {
      return image;
    }
    throw mismatch(layer, "an image", "give the network an input(channels,height,width)");
  }

  private IllegalArgumentException mismatch(Layer layer, String expected, String remedy) {
    return new IllegalArgumentException(
        "layer %d (%s): expected %s as input, found %s; %s"
            .formatted(index, NetworkText.format(layer), expected, input, remedy));
  }
}
