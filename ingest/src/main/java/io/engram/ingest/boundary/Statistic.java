package io.engram.ingest.boundary;

/** What of an example a detector of numbers looks at; each lies in 0 … 1. */
public enum Statistic {
  /** How wrong a cheap model of the task so far is: the nearest class mean, or a line. For labels that change their meaning. */
  LOSS,
  /** How far features are from those of the task so far. For inputs that change. */
  FEATURES,
  /** How surprising the label is after those of the task so far. For classes that come and go. */
  LABELS
}
