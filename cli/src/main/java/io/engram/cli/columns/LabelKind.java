package io.engram.cli.columns;

/** What the label column holds. */
public enum LabelKind {
  /** What its first part looks like. */
  AUTO,
  /** Names of classes. */
  CLASSIFICATION,
  /** Numbers. */
  REGRESSION
}
