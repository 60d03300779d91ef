package io.engram.engine.cuda.device;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * The compiled kernels in this jar: machine code for the compute capabilities of {@link #TARGETS}, and PTX, which a driver translates
 * for cards that come later. A cubin runs on cards of its own major version whose minor version is not lower.
 */
final class Kernels {

  /** Compute capabilities times ten that machine code is there for. */
  static final List<Integer> TARGETS = List.of(75, 80, 86, 89, 90, 100, 120);

  /** The oldest card that anything here runs on. */
  static final int OLDEST = 75;

  /** What the driver must know at least: the cubins were made by CUDA 13.0. */
  static final int OLDEST_DRIVER = 13000;

  private Kernels() {}

  /** What to load for a card, as {@code cuModuleLoadData} takes it. */
  static byte[] image(int capability) {
    String name = "compute_80.ptx.gz";
    for (int target : TARGETS) {
      if (target / 10 == capability / 10 && target <= capability) {
        name = "sm_" + target + ".cubin.gz";
      }
    }
    try (InputStream file = Kernels.class.getResourceAsStream("/io/engram/engine/cuda/" + name)) {
      if (file == null) {
        throw new IllegalStateException("the jar lacks the kernels " + name);
      }
      // PTX is text that ends with a zero; one more byte does a cubin no harm.
      byte[] image = new GZIPInputStream(file).readAllBytes();
      byte[] terminated = new byte[image.length + 1];
      System.arraycopy(image, 0, terminated, 0, image.length);
      return terminated;
    } catch (IOException e) {
      throw new UncheckedIOException("the kernels " + name + " cannot be read", e);
    }
  }
}
