package io.engram.engine.cuda;

import io.engram.engine.cuda.device.Card;
import io.engram.engine.cuda.device.NoCardException;

/**
 * The same with products in TF32: faster, and each wrong by some 5e-4. Taken only by name, since a gradient is then not what the contract
 * asks for.
 */
public final class CudaTf32Kind extends CardKind {

  @Override
  public String name() {
    return "cuda-tf32";
  }

  @Override
  public int rank() {
    return -10;
  }

  @Override
  Arithmetic arithmetic(Card card) {
    if (!card.multipliesTf32()) {
      throw new NoCardException(
          "the card %s multiplies no TF32, which begins with compute capability 8.0 (Ampere)"
              .formatted(card));
    }
    return Arithmetic.TF32;
  }
}
