package io.engram.ingest.format.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * What an image is made into. How large it is says its head, before any of its pixels is decoded. Thread-safe; the same bytes always give the
 * same levels.
 *
 * @param channels 1 (grey) or 3 (red, green, blue)
 * @param height in pixels
 * @param width in pixels
 */
public record ImagePlan(int channels, int height, int width) {

  private static final long MOST_PIXELS = 8_000_000;

  /** Kinds by their first bytes. */
  private enum Kind {
    PNG,
    JPEG
  }

  /**
   * Of a shape.
   *
   * @throws IllegalArgumentException if it is none of an image
   */
  public static ImagePlan of(List<Integer> shape) {
    if (shape.size() != 3 || (shape.get(0) != 1 && shape.get(0) != 3)) {
      throw new IllegalArgumentException(
          "an image has the shape %s, expected channels (1 or 3), height and width, as in 1x28x28"
              .formatted(shape));
    }
    return new ImagePlan(shape.get(0), shape.get(1), shape.get(2));
  }

  /** The levels of a PNG, a JPEG, or of bytes that are levels already. */
  public Levels read(byte[] bytes) {
    if (starts(bytes, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n')) {
      return decode(Kind.PNG, bytes);
    }
    if (starts(bytes, 0xFF, 0xD8, 0xFF)) {
      return decode(Kind.JPEG, bytes);
    }
    int raw = channels * height * width;
    return bytes.length == raw
        ? new Levels.Read(bytes.clone())
        : new Levels.Refused(
            "found %d bytes that are neither PNG nor JPEG, expected one of these or the %d bytes of %dx%dx%d"
                .formatted(bytes.length, raw, channels, height, width));
  }

  private Levels decode(Kind kind, byte[] bytes) {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(kind.name());
    if (!readers.hasNext()) {
      return new Levels.Refused("this Java reads no " + kind);
    }
    ImageReader reader = readers.next();
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      // Without what stands beside the pixels: compressed texts in a PNG have no bounds.
      reader.setInput(in, true, true);
      long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
      if (pixels > MOST_PIXELS) {
        return new Levels.Refused(
            "the %s has %dx%d pixels, at most %d are decoded"
                .formatted(kind, reader.getWidth(0), reader.getHeight(0), MOST_PIXELS));
      }
      BufferedImage image = reader.read(0);
      return new Levels.Read(new Resized(this, new Pixels(image)).bytes());
    } catch (IOException | RuntimeException e) {
      return new Levels.Refused("the %s is damaged: %s".formatted(kind, e.getMessage()));
    } finally {
      reader.dispose();
    }
  }

  private static boolean starts(byte[] bytes, int... first) {
    if (bytes.length < first.length) {
      return false;
    }
    for (int i = 0; i < first.length; i++) {
      if ((bytes[i] & 0xff) != first[i]) {
        return false;
      }
    }
    return true;
  }
}
