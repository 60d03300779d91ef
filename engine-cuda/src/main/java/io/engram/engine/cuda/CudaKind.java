package io.engram.engine.cuda;

import io.engram.engine.cuda.device.Card;

/**
 * NVIDIA cards from Turing (compute capability 7.5) on, with a driver for CUDA 13.0 or newer; nothing else has to be installed. In single
 * precision, on tensor cores where they can do that.
 */
public final class CudaKind extends CardKind {

  /** {@code -Dengram.cuda.arithmetic=single} leaves tensor cores alone, for comparisons. */
  private static final String PLAIN = "engram.cuda.arithmetic";

  @Override
  public String name() {
    return "cuda";
  }

  @Override
  public int rank() {
    return 10;
  }

  @Override
  Arithmetic arithmetic(Card card) {
    boolean plain = "single".equals(System.getProperty(PLAIN));
    return plain || !card.multipliesTf32() ? Arithmetic.SINGLE : Arithmetic.SPLIT;
  }
}
