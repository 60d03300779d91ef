package io.engram.core.learning;

/**
 * Hears when a stage of learning from tasks has ended, so that somebody with a clock can say how long each takes. Called on the learner's
 * thread, a few times for a group; decides nothing.
 */
@FunctionalInterface
public interface Stages {

  /** Nobody listens. */
  Stages UNHEARD = stage -> {};

  /** A stage has ended. */
  void ended(Stage stage);

  /** What takes time while a group is learned from; in this order, the middle three for each outer step. */
  enum Stage {
    /** Tasks were scored before they are learned from: adapted to and asked about, in one call of the engine. */
    SCORE,
    /** Remembered tasks were drawn and read, and the meta-batch was made. */
    DRAW,
    /** The batch was adapted to and its meta-gradient taken, in one call of the engine. */
    GRADIENT,
    /** θ was moved. */
    OUTER
  }
}
