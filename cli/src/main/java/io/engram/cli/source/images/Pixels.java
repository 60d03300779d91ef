package io.engram.cli.source.images;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Pixels of images, all made as large as one another: stretched to a square, on white where they are transparent.
 *
 * @param side pixels along each side
 * @param colour whether there are three channels (red, green, blue), not one of grey
 */
record Pixels(int side, boolean colour) {

  /** More are not unpacked: a file of a few bytes may claim to be of any size. */
  private static final long MOST = 100_000_000;

  private static final float WHITE = 255;

  /** An image that cannot be used. */
  static final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;

    Unusable(String message, Throwable cause) {
      super(message, cause);
    }

    Unusable(String message) {
      super(message);
    }
  }

  /** [channels, side, side] */
  int[] shape() {
    return new int[] {colour ? 3 : 1, side, side};
  }

  /** Values from 0 (black) to 1, of the {@link #shape}. */
  float[] of(Path file) throws Unusable {
    BufferedImage image = scaled(read(file));
    float[] values = new float[(colour ? 3 : 1) * side * side];
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        Color pixel = new Color(image.getRGB(x, y));
        int at = y * side + x;
        if (colour) {
          values[at] = pixel.getRed() / WHITE;
          values[side * side + at] = pixel.getGreen() / WHITE;
          values[2 * side * side + at] = pixel.getBlue() / WHITE;
        } else {
          values[at] =
              (0.299f * pixel.getRed() + 0.587f * pixel.getGreen() + 0.114f * pixel.getBlue())
                  / WHITE;
        }
      }
    }
    return values;
  }

  private static BufferedImage read(Path file) throws Unusable {
    try (ImageInputStream bytes = ImageIO.createImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(bytes);
      if (!readers.hasNext()) {
        throw new Unusable("it is no PNG, JPEG, GIF or BMP");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(bytes, true, true);
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        if (pixels > MOST) {
          throw new Unusable("it has %,d pixels, at most %,d are read".formatted(pixels, MOST));
        }
        return reader.read(0);
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) {
      // What a broken file makes a decoder throw is not only what it declares.
      throw new Unusable("it cannot be decoded: " + e.getMessage(), e);
    }
  }

  /** By halves as long as they fit, so that no pixel is left out of the mean. */
  private BufferedImage scaled(BufferedImage image) {
    BufferedImage scaled = image;
    while (scaled.getWidth() > 2 * side || scaled.getHeight() > 2 * side) {
      scaled =
          drawn(
              scaled,
              Math.max(side, (scaled.getWidth() + 1) / 2),
              Math.max(side, (scaled.getHeight() + 1) / 2));
    }
    return drawn(scaled, side, side);
  }

  private static BufferedImage drawn(BufferedImage image, int width, int height) {
    BufferedImage drawn = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = drawn.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(image, 0, 0, width, height, null);
    graphics.dispose();
    return drawn;
  }
}
