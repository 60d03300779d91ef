package io.engram.experiments.lifelong;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * MNIST's images and labels, from the published {@code idx.gz} files.
 *
 * @param pixels [size × 784] as they are in the file, 0 = paper
 * @param labels [size]
 */
@SuppressWarnings("ArrayRecordComponent") // loaded once, shared by all runs, never written to
public record Digits(byte[] pixels, byte[] labels) {

  static final int SIDE = 28;

  /** Of an image. */
  public static final int PIXELS = SIDE * SIDE;

  private static final int IMAGES_MAGIC = 2051;
  private static final int LABELS_MAGIC = 2049;

  /** How many there are. */
  public int size() {
    return labels.length;
  }

  /** Brightness of a pixel of digit {@code i} in [0, 1]. */
  public float brightness(int i, int pixel) {
    return (pixels[i * PIXELS + pixel] & 0xFF) / 255f;
  }

  /** The 60,000 of the training set. */
  public static Digits training(Path directory) throws IOException {
    return read(directory, "train");
  }

  static Digits test(Path directory) throws IOException {
    return read(directory, "t10k");
  }

  private static Digits read(Path directory, String part) throws IOException {
    byte[] pixels = idx(directory.resolve(part + "-images-idx3-ubyte.gz"), IMAGES_MAGIC, PIXELS);
    byte[] labels = idx(directory.resolve(part + "-labels-idx1-ubyte.gz"), LABELS_MAGIC, 1);
    if (pixels.length != labels.length * PIXELS) {
      throw new IOException(
          "%s holds %d images and %d labels of part %s; fetch the four files of MNIST again"
              .formatted(directory, pixels.length / PIXELS, labels.length, part));
    }
    return new Digits(pixels, labels);
  }

  private static byte[] idx(Path file, int magic, int bytesEach) throws IOException {
    if (!Files.isReadable(file)) {
      throw new NoSuchFileException(
          file + " is missing; the directory mnist needs the four idx.gz files of MNIST");
    }
    try (DataInputStream in =
        new DataInputStream(
            new BufferedInputStream(new GZIPInputStream(Files.newInputStream(file), 1 << 16)))) {
      int found = in.readInt();
      int count = in.readInt();
      if (found != magic) {
        throw new IOException(
            "%s begins with %d, an idx file of this kind with %d".formatted(file, found, magic));
      }
      if (bytesEach > 1) {
        int height = in.readInt();
        int width = in.readInt();
        if (height != SIDE || width != SIDE) {
          throw new IOException(
              "%s holds images of %d × %d, expected 28 × 28".formatted(file, height, width));
        }
      }
      return in.readNBytes(count * bytesEach);
    }
  }
}
