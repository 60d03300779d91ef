package io.engram.core.meta;

import io.engram.core.compute.UnsupportedNetworkException;
import io.engram.core.task.Episode;
import java.util.List;

/** A program that can take outer steps where it computes, so that neither θ nor the optimiser's memory moves between them. */
public interface TrainsInPlace {

  /** Whether it can with these settings; where not, {@link MetaTrainer} does. */
  boolean trainsInPlace(MetaSettings settings);

  /**
   * Begins at a state, which is not touched.
   *
   * @param like a meta-batch of the shape of all that will come: as many episodes with as many examples
   * @throws UnsupportedNetworkException unless {@link #trainsInPlace}: with learned step sizes and annealing none does
   */
  ResidentTrainer trainer(MetaSettings settings, MetaState start, List<Episode> like);
}
