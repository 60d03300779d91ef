package io.engram.core.continual;

import io.engram.core.compute.stream.StreamProgram;

/** The hyper-parameters of a learner that a service can run: what it holds is bounded and can be stored. */
public non-sealed interface DurableSettings extends ContinualSettings {

  @Override
  DurableLearner start(StreamProgram program, float[] theta, long seed);

  /** The learner's name in a configuration, that of its {@link ContinualKind}. */
  String name();

  /** Examples it keeps at most. */
  int memory();
}
