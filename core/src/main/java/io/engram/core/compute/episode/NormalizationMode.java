package io.engram.core.compute.episode;

/** Which batch a batch-norm layer sees when query examples are scored. Networks without batch-norm do not care. */
public enum NormalizationMode {
  /** All query examples of the episode together: they inform each other (MAML's convention). */
  TRANSDUCTIVE,
  /** The support set and one query example at a time (Reptile's non-transductive convention). */
  NON_TRANSDUCTIVE
}
