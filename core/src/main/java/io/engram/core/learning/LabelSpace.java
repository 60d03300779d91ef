package io.engram.core.learning;

/** What the outputs of a classifier stand for. */
public enum LabelSpace {
  /** Each task's own classes, in an order that changes with every visit: the network can only learn to learn them. */
  PER_TASK,
  /** The same class has the same output in every task, in order of first appearance. */
  GLOBAL
}
