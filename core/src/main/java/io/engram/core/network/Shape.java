package io.engram.core.network;

/** The shape of one example's activations between two layers. */
public sealed interface Shape {

  /** Number of floats in one example. */
  int size();

  /** A plain feature vector of {@code size} floats. */
  record Vector(int size) implements Shape {
    public Vector {
      if (size < 1) {
        throw new IllegalArgumentException("a vector needs at least 1 element, found " + size);
      }
    }

    @Override
    public String toString() {
      return "[" + size + "]";
    }
  }

  /**
   * An image, channels first as in DL4J: element (c, y, x) lies at {@code (c·height + y)·width + x}.
   */
  record Image(int channels, int height, int width) implements Shape {
    public Image {
      if (channels < 1 || height < 1 || width < 1) {
        throw new IllegalArgumentException(
            "an image needs channels, height and width of at least 1, found ["
                + channels
                + ","
                + height
                + ","
                + width
                + "]");
      }
    }

    @Override
    public int size() {
      return channels * height * width;
    }

    @Override
    public String toString() {
      return "[" + channels + "," + height + "," + width + "]";
    }
  }
}
