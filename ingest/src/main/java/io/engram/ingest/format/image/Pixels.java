package io.engram.ingest.format.image;

import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.Raster;

/** The red, green and blue of an image's pixels, from 0 to 255; what is transparent lies on white. */
final class Pixels {

  private static final int OPAQUE = 255;

  private final BufferedImage image;
  private final Raster raster;
  private final boolean grey;
  private final int shift;

  Pixels(BufferedImage image) {
    this.image = image;
    this.raster = image.getRaster();
    // Java takes grey levels for linear light and would brighten them: they are read as they stand.
    this.grey = raster.getNumBands() <= 2 && image.getColorModel() instanceof ComponentColorModel;
    this.shift = Math.max(0, image.getColorModel().getComponentSize(0) - 8);
  }

  int width() {
    return image.getWidth();
  }

  int height() {
    return image.getHeight();
  }

  /** 0xRRGGBB. */
  int rgb(int x, int y) {
    if (grey) {
      int level = raster.getSample(x, y, 0) >> shift;
      int alpha = raster.getNumBands() == 2 ? raster.getSample(x, y, 1) >> shift : OPAQUE;
      return onWhite(level, level, level, alpha);
    }
    int argb = image.getRGB(x, y);
    return onWhite((argb >> 16) & 0xff, (argb >> 8) & 0xff, argb & 0xff, argb >>> 24);
  }

  private static int onWhite(int red, int green, int blue, int alpha) {
    return (mixed(red, alpha) << 16) | (mixed(green, alpha) << 8) | mixed(blue, alpha);
  }

  private static int mixed(int level, int alpha) {
    return (level * alpha + OPAQUE * (OPAQUE - alpha) + OPAQUE / 2) / OPAQUE;
  }
}
