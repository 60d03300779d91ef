package io.engram.ingest.domain;

/** What the labels of a stream are. */
public enum TargetKind {
  /** The first example of each task decides. */
  AUTO,
  /** Labels are class names. */
  CLASSIFICATION,
  /** Labels are tensors of numbers. */
  REGRESSION
}
