package io.engram.cli.source.omniglot;

/** Makes a square image smaller. */
interface ImageScaling {

  /**
   * Scales one image.
   *
   * @param ink row-major, 1 where there is ink, 0 where there is paper
   * @return row-major grey levels: 255 under nothing but ink, 0 under nothing but paper
   */
  byte[] scale(float[] ink);
}
