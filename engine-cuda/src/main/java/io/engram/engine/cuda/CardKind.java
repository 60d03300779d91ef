package io.engram.engine.cuda;

import io.engram.core.compute.ComputeEngine;
import io.engram.core.compute.EngineKind;
import io.engram.core.compute.UnsupportedNetworkException;
import io.engram.engine.cuda.device.Card;
import io.engram.engine.cuda.device.CudaDevice;
import io.engram.engine.cuda.device.NoCardException;

/** What the engines for a card have in common: the first card, or the reason why there is none. */
abstract class CardKind implements EngineKind {

  /**
   * How products are multiplied.
   *
   * @throws NoCardException if the card cannot do that
   */
  abstract Arithmetic arithmetic(Card card);

  @Override
  public final Availability availability() {
    try {
      Card card = Card.first();
      arithmetic(card);
      return new Availability.Here(card.toString());
    } catch (NoCardException e) {
      return new Availability.Absent(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public final ComputeEngine open(int threads) {
    try {
      Card card = Card.first();
      return new CudaEngine(name(), arithmetic(card), () -> CudaDevice.open(card));
    } catch (NoCardException e) {
      throw new UnsupportedNetworkException(
          "the engine %s cannot run here: %s; use fused or auto".formatted(name(), e.getMessage()));
    }
  }
}
